// SPDX-License-Identifier: MIT
#pragma once
// What OpenGL draws within ImGui's lists: the samples of a wall, in the colours of a map.

#include <functional>

#include "app/ui/toolkit/context.hpp"
#include "engine/data/colour_map.hpp"

namespace phaseloom {

/// Of t from 0 to 1.
ImU32 map_colour(ColourMap map, double t);

/// Lets `draw` call OpenGL in its turn of a draw list; ImGui's own state is set again after it.
void draw_by_gl(UiContext& ctx, ImDrawList& list, std::function<void()> draw);
/// Draws samples of a wall in a draw list, in their turn.
void draw_wall_samples(UiContext& ctx, ImDrawList& list, const ImageWall& wall,
                       const WallLayout& layout, const WallStyle& style, float fade = 1,
                       int first_unit = 0, int first_lane = 0, const ImageWall* minus = nullptr);

}  // namespace phaseloom
