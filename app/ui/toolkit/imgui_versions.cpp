// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/imgui_versions.hpp"

#if IMGUI_VERSION_NUM < 18900
#include <imgui_internal.h>  // GetItemID() became public with 1.89
#endif

#include <algorithm>
#include <iterator>

namespace phaseloom {
namespace {

/// The keys of text fields.
constexpr struct {
  std::string_view name;
  ImGuiKey key;
} kFed[] = {
    {"Left", ImGuiKey_LeftArrow},
    {"Right", ImGuiKey_RightArrow},
    {"Up", ImGuiKey_UpArrow},
    {"Down", ImGuiKey_DownArrow},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"Enter", ImGuiKey_Enter},
    {"Escape", ImGuiKey_Escape},
    {"A", ImGuiKey_A},
    {"C", ImGuiKey_C},
    {"V", ImGuiKey_V},
    {"X", ImGuiKey_X},
    {"Y", ImGuiKey_Y},
    {"Z", ImGuiKey_Z},
};

auto fed(std::string_view name) {
  return std::ranges::find(kFed, name, [](const auto& k) { return k.name; });
}

}  // namespace

ImGuiID last_item() { return ImGui::GetItemID(); }

ImDrawData draw_data_of(ImDrawList*& list, ImVec2 size) {
  ImDrawData data;
  data.Valid = true;
  data.DisplaySize = size;
  data.FramebufferScale = {1, 1};
#if IMGUI_VERSION_NUM >= 18980
  data.AddDrawList(list);
#else
  data.CmdLists = &list;
  data.CmdListsCount = 1;
  data.TotalVtxCount = list->VtxBuffer.Size;
  data.TotalIdxCount = list->IdxBuffer.Size;
#endif
  return data;
}

bool is_fed(std::string_view key) { return fed(key) != std::end(kFed); }

#if IMGUI_VERSION_NUM < 18700

// A table of the keys that are down, by numbers of ours: places in kFed.
void prepare_feed(ImGuiIO& io) {
  for (const auto& key : kFed) io.KeyMap[key.key] = static_cast<int>(&key - kFed);
}

void feed_pointer(ImGuiIO& io, float x, float y) { io.MousePos = {x, y}; }

void feed_button(ImGuiIO& io, int button, bool down) { io.MouseDown[button] = down; }

void feed_wheel(ImGuiIO& io, float notches) { io.MouseWheel += notches; }

void feed_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt) {
  io.KeyCtrl = ctrl;
  io.KeyShift = shift;
  io.KeyAlt = alt;
}

void feed_key(ImGuiIO& io, std::string_view key, bool down) {
  if (is_fed(key)) io.KeysDown[fed(key) - kFed] = down;
}

#else

void prepare_feed(ImGuiIO& io) { io.ConfigInputTrickleEventQueue = false; }

void feed_pointer(ImGuiIO& io, float x, float y) { io.AddMousePosEvent(x, y); }

void feed_button(ImGuiIO& io, int button, bool down) { io.AddMouseButtonEvent(button, down); }

void feed_wheel(ImGuiIO& io, float notches) { io.AddMouseWheelEvent(0, notches); }

void feed_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt) {
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Alt, alt);
}

void feed_key(ImGuiIO& io, std::string_view key, bool down) {
  if (is_fed(key)) io.AddKeyEvent(fed(key)->key, down);
}

#endif

}  // namespace phaseloom
