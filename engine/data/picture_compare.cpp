// SPDX-License-Identifier: MIT
#include "engine/data/picture_compare.hpp"

#include <algorithm>
#include <cstdlib>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

void require_same_form(const Picture& actual, const Picture& expected) {
  if (actual.width != expected.width || actual.height != expected.height ||
      actual.channels != expected.channels)
    fail("pictures: {} x {} pixels of {} channels cannot be compared with {} x {} of {}",
         actual.width, actual.height, actual.channels, expected.width, expected.height,
         expected.channels);
}

}  // namespace

PictureDifference compare_pictures(const Picture& actual, const Picture& expected, int threshold) {
  require_same_form(actual, expected);
  PictureDifference result;
  const auto channels = static_cast<std::size_t>(actual.channels);
  if (actual.pixels.empty()) return result;
  std::size_t sum = 0, over = 0;
  for (std::size_t i = 0; i < actual.pixels.size(); i += channels) {
    int largest = 0;
    for (std::size_t c = i; c < i + channels; ++c) {
      const int difference = std::abs(actual.pixels[c] - expected.pixels[c]);
      sum += static_cast<std::size_t>(difference);
      largest = std::max(largest, difference);
    }
    over += largest > threshold ? 1 : 0;
    result.largest = std::max(result.largest, largest);
  }
  const auto values = static_cast<double>(actual.pixels.size());
  result.mean_absolute = static_cast<double>(sum) / values;
  result.share_over = static_cast<double>(over * channels) / values;
  return result;
}

Picture difference_picture(const Picture& actual, const Picture& expected, int gain) {
  require_same_form(actual, expected);
  Picture result = actual;
  const bool has_alpha = actual.channels % 2 == 0;
  for (std::size_t i = 0; i < result.pixels.size(); ++i) {
    const bool alpha = has_alpha && (i + 1) % static_cast<std::size_t>(actual.channels) == 0;
    const int difference = gain * std::abs(actual.pixels[i] - expected.pixels[i]);
    result.pixels[i] = static_cast<std::uint8_t>(alpha ? 255 : std::min(difference, 255));
  }
  return result;
}

}  // namespace phaseloom
