// SPDX-License-Identifier: MIT
#pragma once

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// A modal window in the middle of the screen, as high as what is in it, `width` in units of the
/// content scale. If true, ImGui::EndPopup() ends it.
bool begin_dialog(UiContext& ctx, const char* name, float width);

/// Whether the mouse has just gone down beside the dialog that is being drawn. Its own controls
/// take hold of the mouse as it goes down on them: ImGui::IsWindowHovered() is false from then on.
bool pressed_beside_dialog();

void draw_key_list(UiContext& ctx);  // key_list.cpp
void draw_export(UiContext& ctx);    // export_window.cpp

}  // namespace phaseloom
