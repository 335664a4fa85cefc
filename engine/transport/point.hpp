#pragma once

#include <vector>

namespace phaseloom {

/// A place in the plane of the transport experiments; distributions live in [-1/2, 1/2]^2.
struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};
using Points = std::vector<Point>;

}  // namespace phaseloom
