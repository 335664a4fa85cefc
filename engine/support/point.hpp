// SPDX-License-Identifier: MIT
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

/// The same as it was given, in any unit: map coordinates of metres have no room in a float.
struct PrecisePoint {
  double x = 0, y = 0;
  bool operator==(const PrecisePoint&) const = default;
};
using PrecisePoints = std::vector<PrecisePoint>;

inline PrecisePoints precise(const Points& points) {
  PrecisePoints out;
  out.reserve(points.size());
  for (const Point& p : points) out.push_back({p.x, p.y});
  return out;
}

}  // namespace phaseloom
