// SPDX-License-Identifier: MIT
#include "engine/field/defects.hpp"

#include <cstddef>
#include <cstdint>
#include <numbers>

namespace phaseloom {
namespace {

/// Turns by which the plain difference of two phases is longer than the way from one to the other.
/// Odd under their exchange, so that what one plaquette counts its neighbour counts the other way
/// round, and the sum over a torus is exactly 0.
std::int8_t surplus(float from, float to) {
  constexpr float kPi = std::numbers::pi_v<float>;
  const float difference = to - from;
  return static_cast<std::int8_t>((difference > kPi) - (difference < -kPi));
}

/// Calls f(y, charges) for every row of plaquettes.
template <class F>
void each_row(std::span<const float> phases, int width, int height, const F& f) {
  const auto w = static_cast<std::size_t>(width);
  std::vector<std::int8_t> across(w), next_across(w), down(w + 1), charges(w);
  const auto fill_across = [&](int y, std::vector<std::int8_t>& out) {
    const float* row = phases.data() + static_cast<std::size_t>(y) * w;
    for (std::size_t x = 0; x + 1 < w; ++x) out[x] = surplus(row[x], row[x + 1]);
    out[w - 1] = surplus(row[w - 1], row[0]);
  };
  fill_across(0, across);
  for (int y = 0; y < height; ++y) {
    const int below = y + 1 < height ? y + 1 : 0;
    const float* row = phases.data() + static_cast<std::size_t>(y) * w;
    const float* row_below = phases.data() + static_cast<std::size_t>(below) * w;
    fill_across(below, next_across);
    for (std::size_t x = 0; x < w; ++x) down[x] = surplus(row[x], row_below[x]);
    down[w] = down[0];
    // The four short ways add up to the plain differences' sum, 0, less 2π for each surplus turn.
    for (std::size_t x = 0; x < w; ++x)
      charges[x] = static_cast<std::int8_t>(next_across[x] + down[x] - across[x] - down[x + 1]);
    f(y, charges);
    across.swap(next_across);
  }
}

}  // namespace

std::vector<Defect> find_defects(std::span<const float> phases, int width, int height) {
  std::vector<Defect> found;
  each_row(phases, width, height, [&](int y, const std::vector<std::int8_t>& charges) {
    for (int x = 0; x < width; ++x)
      if (charges[x] != 0) found.push_back({x, y, charges[x] > 0 ? 1 : -1});
  });
  return found;
}

DefectCount count_defects(std::span<const float> phases, int width, int height) {
  DefectCount count;
  each_row(phases, width, height, [&](int, const std::vector<std::int8_t>& charges) {
    int positive = 0, negative = 0;
    for (const std::int8_t charge : charges) {
      positive += charge > 0;
      negative += charge < 0;
    }
    count.positive += positive;
    count.negative += negative;
  });
  return count;
}

}  // namespace phaseloom
