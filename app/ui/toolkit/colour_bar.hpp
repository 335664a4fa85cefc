// SPDX-License-Identifier: MIT
#pragma once
// What the colours of a picture stand for: a bar of them between two numbers.

#include <string>

#include "app/ui/toolkit/context.hpp"
#include "engine/data/colour_map.hpp"

namespace phaseloom {

struct ColourBar {
  ColourMap map = ColourMap::grey;
  std::string low, high;  ///< what its ends stand for
  std::string symbol;     ///< before it: of what; may be empty
};

/// Pixels that it takes with its words, if its colours take `width` of them.
float colour_bar_width(const UiContext& ctx, const ColourBar& bar, float width);
/// Draws it, its right end at `right_centre`.
void draw_colour_bar(const UiContext& ctx, ImDrawList& list, ImVec2 right_centre, float width,
                     const ColourBar& bar);

}  // namespace phaseloom
