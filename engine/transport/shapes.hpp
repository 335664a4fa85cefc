// SPDX-License-Identifier: MIT
#pragma once
// Distributions of points in [-1/2, 1/2]^2. Which ones, and their sizes, are our choice (*).

#include <cstdint>
#include <string_view>

#include "engine/support/point.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

enum class Shape {
  gaussian,         ///< at the centre, standard deviation 0.1
  eight_gaussians,  ///< on a ring of radius 0.35, standard deviation 0.03
  checkerboard,     ///< uniform on every other one of 4 x 4 squares, [-0.4, 0.4]^2 in all
  moons,            ///< two interleaved half circles of radius 0.24, standard deviation 0.02
  spirals,          ///< two arms of one and a half turns, standard deviation 0.012
  rings,            ///< two circles of radius 0.18 and 0.38, standard deviation 0.015
  grid,             ///< 5 x 5 Gaussians, 0.18 apart, standard deviation 0.02
  pinwheel,         ///< five bent blades
};

/// A point of the shape: a function of (seed, stream, index). Never outside [-1/2, 1/2]^2: draws
/// beyond it are drawn anew.
Point draw_point(Shape shape, std::uint64_t seed, Stream stream, std::uint32_t index);

}  // namespace phaseloom
