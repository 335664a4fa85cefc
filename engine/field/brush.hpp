// SPDX-License-Identifier: MIT
#pragma once
// What a hand does to a field: a round brush that gives the places under it other phases.

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "engine/support/names.hpp"

namespace phaseloom {

enum class Disturbance {
  scatter,     ///< random phases, uniform over the circle
  vortex,      ///< atan2(dy, dx): a defect of charge +1 in the middle
  antivortex,  ///< -atan2(dy, dx): charge -1
  level,       ///< all get the phase of the place in the middle
};

template <>
struct Names<Disturbance> {
  static constexpr std::string_view kind = "disturbance";
  static constexpr std::array<std::string_view, 4> all{"scatter", "vortex", "antivortex", "level"};
};

/// A brush in units of places; place (i, j) is the point (i, j). Beyond the edges it goes on at the
/// other side.
struct Brush {
  double x = 0, y = 0;  ///< -kMaxFieldSide..2 kMaxFieldSide
  double radius = 10;   ///< 0.5..kMaxFieldSide; places up to this far away, the short way round
};

/// Throws Error naming the first value that is out of range and its range.
void validate(const Brush& brush);

/// Calls set(x, y, phase) for each place under the brush with the phase that it shall have, in rad
/// within -π..π. What is turned into a vortex ends at the brush's rim: the opposite charge is left
/// there, as the sum of charges on a torus is 0. The core of a vortex is the middle of the
/// plaquette that the brush's middle is in (*).
/// @param phase_at the phase at a place now
/// @param touch number of the disturbance, a key of its random phases
void paint(const Brush& brush, Disturbance what, int width, int height, std::uint64_t seed,
           std::uint32_t touch, const std::function<float(int, int)>& phase_at,
           const std::function<void(int, int, float)>& set);

}  // namespace phaseloom
