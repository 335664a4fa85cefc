// SPDX-License-Identifier: MIT
#pragma once
// What Dear ImGui spells differently from version to version (1.86 to 1.91), and nowhere else.

#include <imgui.h>

#include <string_view>

namespace phaseloom {

/// The item submitted last; 0 if it has no identity.
ImGuiID last_item();

/// One list of drawings as a frame of its own, `size` pixels, for the renderer. `list` must outlive
/// it.
ImDrawData draw_data_of(ImDrawList*& list, ImVec2 size);

// What hands and keyboard do, told to ImGui before a frame. Its own queue (from 1.87 on) is off:
// ours (input.hpp) is the same for all versions.
void prepare_feed(ImGuiIO& io);
/// In pixels of the framebuffer.
void feed_pointer(ImGuiIO& io, float x, float y);
void feed_button(ImGuiIO& io, int button, bool down);
void feed_wheel(ImGuiIO& io, float notches);
void feed_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt);
/// Whether ImGui does anything with a key of key_names(): text fields do with some.
bool is_fed(std::string_view key);
void feed_key(ImGuiIO& io, std::string_view key, bool down);

}  // namespace phaseloom
