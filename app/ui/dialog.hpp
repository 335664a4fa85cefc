#pragma once

#include "app/ui/context.hpp"

namespace phaseloom {

/// A modal window in the middle of the screen, as high as what is in it, `width` in units of the
/// content scale. If true, ImGui::EndPopup() ends it.
bool begin_dialog(UiContext& ctx, const char* name, float width);

void draw_export(UiContext& ctx);  // export_window.cpp

}  // namespace phaseloom
