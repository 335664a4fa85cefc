// SPDX-License-Identifier: MIT
#include "engine/metrics/picture_draw.hpp"

#include <cassert>
#include <numeric>

#include "engine/support/random.hpp"

namespace phaseloom {

std::vector<int> draw_pictures(const ImageSet& set, int count, std::uint64_t seed) {
  assert(count <= set.count());
  std::vector<int> order(static_cast<std::size_t>(set.count()));
  std::iota(order.begin(), order.end(), 0);
  RandomSequence random(seed, Stream::batch);
  for (int i = 0; i < count; ++i) {
    const auto left = static_cast<std::uint32_t>(set.count() - i);
    std::swap(order[i], order[i + static_cast<int>(random.below(left))]);
  }
  order.resize(static_cast<std::size_t>(count));
  return order;
}

std::vector<float> unit_pixels_of(const ImageSet& set, const std::vector<int>& pictures) {
  std::vector<float> pixels;
  pixels.reserve(pictures.size() * static_cast<std::size_t>(set.shape().size()));
  for (int i : pictures)
    for (std::uint8_t p : set.image(i)) pixels.push_back(static_cast<float>(p) / 255.0f);
  return pixels;
}

}  // namespace phaseloom
