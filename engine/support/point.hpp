#pragma once

#include <vector>

namespace phaseloom {

/// A place in a plane: of the transport experiments, where distributions live in [-1/2, 1/2]^2, or
/// in pixels on the screen.
struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};
using Points = std::vector<Point>;

}  // namespace phaseloom
