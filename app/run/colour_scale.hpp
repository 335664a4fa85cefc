// SPDX-License-Identifier: MIT
#pragma once
// Which colours the values of a view have: the same on the window's wall and in films.

#include "app/document/ui_state.hpp"
#include "engine/data/colour_map.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {

struct ColourScale {
  ColourMap map = ColourMap::grey;
  double low = 0;   ///< value at the start of the map
  double high = 1;  ///< value at its end; of the cyclic map the same colour again
};

/// Of one run. Quantities without bounds (voltages, rates) reach from -range to range.
ColourScale colour_scale(View::Quantity quantity, const Program& program, double range);

/// Of hardware - ideal, where both have the scale `of`: from -range to range, but not so fine that
/// it shows rounding, and for angles once around at most.
ColourScale difference_scale(const ColourScale& of, double range);

/// The angle wrapped to (-pi, pi]; 0 for what is not finite.
double wrapped(double angle);

}  // namespace phaseloom
