// SPDX-License-Identifier: MIT
#pragma once
// The field in the Learn workspace: its zones while the preset `field` is chosen.

#include <string>

#include "app/session/field_part.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Whether Learn shows it.
bool shows_field(const UiContext& ctx);
const FieldSnapshot& field_of(const UiContext& ctx);

void draw_field_controls(UiContext& ctx);  // field_controls.cpp
void draw_field_stage(UiContext& ctx);     // field_stage.cpp: its phases, and a hand on them
void draw_field_plots(UiContext& ctx);     // field_plots.cpp
std::string field_caption(const UiContext& ctx);
void draw_field_time(UiContext& ctx);  // field_time.cpp
void draw_field_status(UiContext& ctx);

}  // namespace phaseloom
