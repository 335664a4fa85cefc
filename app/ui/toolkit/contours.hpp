// SPDX-License-Identifier: MIT
#pragma once
// The density of a cloud of points, and its lines of equal height.

#include <span>
#include <utility>
#include <vector>

#include "engine/support/point.hpp"

namespace phaseloom {

struct Density {
  int side = 0;  ///< places along x and y, evenly over [-reach, reach]
  float reach = 0;
  std::vector<float>
      heights;  ///< [row, from below][column]; per unit of area, for points of weight 1 in all
  Point place(int row, int column) const;
};

/// Each point is smeared out to a Gaussian of standard deviation `width` (cut at three of them).
/// Points outside of the square, or not finite, are left out.
Density density_of(std::span<const Point> points, int side, float reach, float width);

/// Segments of the line where the density is `height`, cell by cell (marching squares; of the two
/// ways to join a saddle, the one that agrees with the height at its centre).
std::vector<std::pair<Point, Point>> contour(const Density& density, float height);

}  // namespace phaseloom
