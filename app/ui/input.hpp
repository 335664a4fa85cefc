#pragma once
// Hands without a window: a script's events for ImGui.

#include <imgui.h>

#include "app/session/stage.hpp"

namespace phaseloom {

/// Numbers the keys as the GLFW backend does, puts the pointer outside, keeps the cursor from
/// blinking.
void prepare_input(ImGuiIO& io);

/// ImGui 1.86 has no queue of events: what happens between two frames is seen as its last state.
/// Draw a frame between a press and a release.
void apply_input(ImGuiIO& io, const InputEvent& event);

}  // namespace phaseloom
