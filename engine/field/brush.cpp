// SPDX-License-Identifier: MIT
#include "engine/field/brush.hpp"

#include <cmath>
#include <numbers>

#include "engine/field/check_range.hpp"
#include "engine/field/limits.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// From `middle` to place `at`, the short way round.
double way(double middle, int at, int side) { return std::remainder(at - middle, side); }

/// The place nearest to a point.
int nearest(double at, int side) {
  const int place = static_cast<int>(std::lround(at)) % side;
  return place < 0 ? place + side : place;
}

float scattered(std::uint64_t seed, std::uint32_t touch, int place) {
  const auto words =
      random_words(seed, Stream::field_touch, static_cast<std::uint32_t>(place), touch);
  return static_cast<float>(std::numbers::pi * (2 * uniform(words[0]) - 1));
}

}  // namespace

void validate(const Brush& brush) {
  check_field_range("the brush's x", brush.x, -kMaxFieldSide, 2 * kMaxFieldSide);
  check_field_range("the brush's y", brush.y, -kMaxFieldSide, 2 * kMaxFieldSide);
  check_field_range("the brush's radius", brush.radius, 0.5, kMaxFieldSide);
}

void paint(const Brush& brush, Disturbance what, int width, int height, std::uint64_t seed,
           std::uint32_t touch, const std::function<float(int, int)>& phase_at,
           const std::function<void(int, int, float)>& set) {
  validate(brush);
  const double core_x = std::floor(brush.x) + 0.5, core_y = std::floor(brush.y) + 0.5;
  const float level = phase_at(nearest(brush.x, width), nearest(brush.y, height));
  const auto phase = [&](int x, int y) {
    switch (what) {
      case Disturbance::scatter:
        return scattered(seed, touch, y * width + x);
      case Disturbance::level:
        return level;
      case Disturbance::vortex:
      case Disturbance::antivortex:
        break;
    }
    const double angle = std::atan2(way(core_y, y, height), way(core_x, x, width));
    return static_cast<float>(what == Disturbance::vortex ? angle : -angle);
  };
  for (int y = 0; y < height; ++y) {
    const double dy = way(brush.y, y, height);
    if (std::abs(dy) > brush.radius) continue;
    for (int x = 0; x < width; ++x)
      if (std::hypot(way(brush.x, x, width), dy) <= brush.radius) set(x, y, phase(x, y));
  }
}

}  // namespace phaseloom
