// SPDX-License-Identifier: MIT
#include "engine/playground/patterns.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Places from −1 to 1 on either axis.
bool cross(double x, double y) { return std::abs(std::abs(x) - std::abs(y)) < 0.3; }
bool ring(double x, double y) {
  const double radius = std::hypot(x, y);
  return radius > 0.45 && radius < 0.95;
}
bool stair(double x, double y) { return std::floor((x + 1) * 2) > std::floor((y + 1) * 2); }

}  // namespace

int grid_columns(int units) {
  return std::max(1, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(units)))));
}

std::vector<Pattern> stored_patterns(const PlaygroundSetup& setup, int units) {
  constexpr bool (*kShapes[])(double, double) = {cross, ring, stair};
  std::vector<Pattern> patterns;
  const int columns = grid_columns(units), rows = (units + columns - 1) / columns;
  for (int p = 0; p < setup.patterns; ++p) {
    Pattern pattern(static_cast<std::size_t>(units));
    RandomSequence random(setup.seed, Stream::playground_pattern, static_cast<std::uint32_t>(p));
    for (int i = 0; i < units; ++i) {
      const double x = 2 * (i % columns + 0.5) / columns - 1,
                   y = 2 * (i / columns + 0.5) / rows - 1;
      const bool on = static_cast<std::size_t>(p) < std::size(kShapes)
                          ? kShapes[static_cast<std::size_t>(p)](x, y)
                          : random.below(2) == 1;
      pattern[static_cast<std::size_t>(i)] = on ? 1 : -1;
    }
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

}  // namespace phaseloom
