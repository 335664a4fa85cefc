// SPDX-License-Identifier: MIT
#pragma once
// Ideal against hardware on the stage (compare.cpp).

#include "app/ui/generate/view.hpp"

namespace phaseloom {

/// How they are compared, and by how much they differ; a line of the stage.
void draw_compare_bar(UiContext& ctx);

/// The handle of the divider; before the wall's own button, which is below it. Whether the pointer
/// is on it.
bool take_divider(UiContext& ctx, const WallLayout& wall);
void draw_split(UiContext& ctx, const ViewLook& look, const WallLayout& wall);
/// On the pictures, beside the divider where there is room; over the frame of a pinned sample.
void draw_split_names(UiContext& ctx, const WallLayout& wall);

/// Room above a wall for its name.
float name_height(const UiContext& ctx);
void draw_wall_name(UiContext& ctx, const WallLayout& wall, const char* name);

}  // namespace phaseloom
