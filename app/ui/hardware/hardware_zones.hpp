// SPDX-License-Identifier: MIT
#pragma once
// What the pages of the Hardware workspace share of its zones.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

void draw_hardware_controls(UiContext& ctx);  // hardware_controls.cpp: pages, then a page's own
void draw_hardware_stage(UiContext& ctx);     // hardware_stage.cpp: messages below a page's own

}  // namespace phaseloom
