// SPDX-License-Identifier: MIT
#pragma once
// Places that layouts and graphs without places of their own have in common.

#include <numbers>
#include <span>

#include "engine/playground/network.hpp"

namespace phaseloom {

/// Puts units on a circle, clockwise.
/// @param radius in shares of the canvas
/// @param first angle of the first one from three o'clock on, rad; by default at the top
void place_in_circle(std::span<PlaygroundUnit> units, double radius = 0.42,
                     double first = -std::numbers::pi / 2);

}  // namespace phaseloom
