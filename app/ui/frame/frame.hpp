// SPDX-License-Identifier: MIT
#pragma once
// The zones of the window and the splitters between them.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

struct Zones {
  Box bar, controls, stage, inspector, timeline, status;
};

/// Zones beside the stage that are shown.
struct Sides {
  bool left = true, right = true;
};
/// Where the zones are, in pixels. The stage keeps room of its own however the splitters are set.
/// @param strip of a lesson, which bar, panels and stage leave free
Zones lay_out(ImVec2 size, const UiState& state, float scale, Sides sides = {},
              const LessonStrip& strip = {});

/// One whole frame of the laboratory, keys included, within ImGui::NewFrame() and Render().
void draw_frame(UiContext& ctx);

void draw_top_bar(UiContext& ctx);   // top_bar.cpp
void draw_overlays(UiContext& ctx);  // overlays.cpp; keys, save

}  // namespace phaseloom
