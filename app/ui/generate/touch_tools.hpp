// SPDX-License-Identifier: MIT
#pragma once
// The hand on the network: tools beside the wall, and what they do to a sample under the pointer.

#include "app/ui/generate/view.hpp"

namespace phaseloom {

/// Whether what is pressed is touched, instead of pinned and picked.
inline bool touching(const UiContext& ctx) { return ctx.state.tool != Tool::look; }

/// Look, stir, erase, hold, one below the other at the left edge of `area`, in more columns if it
/// is low; then brush and tone, where there is room.
void draw_touch_tools(UiContext& ctx, Box area);
float touch_tools_width(const UiContext& ctx, float height);

/// After the button that is a wall: what the pressed pointer comes over is touched. Lane 0 of the
/// layout is lane `first_lane` of the run.
void brush_wall(UiContext& ctx, const WallLayout& wall, int layer, int first_lane = 0);
/// The same by a key, at one pixel.
void brush_pixel(UiContext& ctx, WallLayout::Pixel at, int layer);

/// What the brush would cover, over a wall that has been drawn.
void draw_brush(const UiContext& ctx, ImDrawList& list, const WallLayout& wall,
                WallLayout::Pixel at);
/// Marks what is held just now.
void mark_held(UiContext& ctx, ImDrawList& list, const WallLayout& wall, int layer,
               int first_lane = 0);

}  // namespace phaseloom
