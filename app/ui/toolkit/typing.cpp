// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/typing.hpp"

// After imgui.h, which it relies on.
#include <imgui_stdlib.h>

#include <utility>

#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Within so many frames ImGui gives a text field the keys, or something else has taken them.
constexpr int kFrames = 4;

}  // namespace

void begin_typing(UiContext& ctx, ImGuiID item, std::string text) {
  ctx.transient.typing = {.item = item, .text = std::move(text)};
  ctx.transient.text_awaited = kFrames;
}

bool typing(const UiContext& ctx, ImGuiID item) {
  return item != 0 && ctx.transient.typing.item == item;
}

void leave_typing(UiContext& ctx) { ctx.transient.typing.left = true; }

namespace {

/// The text field itself, in the place of the control that is typed into.
std::optional<TypedText> type_here(UiContext& ctx, float width) {
  Typing& t = ctx.transient.typing;
  const auto finished = [&](bool entered) { return TypedText{std::exchange(t, {}).text, entered}; };
  if (t.left) return finished(false);
  ImGui::SetNextItemWidth(width);
  if (!t.begun) {
    // From 1.90 on ImGui looks for the field in that part of the window only that had its keys
    // last: the window gets them anew, as a whole. (That would close a dialog, which has them.)
    if (!ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup)) {
      ImGui::SetWindowFocus(nullptr);
      ImGui::SetWindowFocus();
    }
    ImGui::SetKeyboardFocusHere();
  }
  t.begun = true;
  const bool entered =
      ImGui::InputText("##typing", &t.text,
                       ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_EnterReturnsTrue);
  if (entered) return finished(true);
  if (ImGui::IsItemDeactivated()) {
    if (!pressed(ctx, "Escape")) return finished(false);
    t = {};
    return std::nullopt;
  }
  if (!ImGui::IsItemActive() && ++t.waited > kFrames) return finished(false);
  return std::nullopt;
}

}  // namespace

std::optional<TypedText> type_in_place(UiContext& ctx, ImGuiID item, float width, ImFont* font) {
  // As high as any other control, whatever the font.
  const float height = ImGui::GetFrameHeight();
  ImGui::PushFont(font);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {ImGui::GetStyle().FramePadding.x, (height - font->FontSize) / 2});
  ImGui::PushID(static_cast<int>(item));
  const auto typed = type_here(ctx, width);
  ImGui::PopID();
  ImGui::PopStyleVar();
  ImGui::PopFont();
  focusable(ctx, item);
  return typed;
}

bool text_field(UiContext& ctx, const char* name, std::string& text, float width, ImFont* font) {
  const ImGuiID item = ImGui::GetID(name);
  const float height = ImGui::GetFrameHeight();
  const float pad = ImGui::GetStyle().FramePadding.x;
  if (typing(ctx, item)) {
    const auto typed = type_in_place(ctx, item, width, font);
    note_place(ctx, name);
    if (typed)
      text = typed->text;
    else if (typing(ctx, item))
      text = ctx.transient.typing.text;
    return typed && typed->entered;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool clicked = ImGui::InvisibleButton(name, {std::max(width, 1.0f), height});
  note_place(ctx, name);
  const bool hovered = ImGui::IsItemHovered();
  const bool focused = focusable(ctx);
  if (clicked || (focused && strokes(ctx, "Enter"))) begin_typing(ctx, item, text);
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height},
                     hovered ? ctx.colours.hovered : ctx.colours.raised,
                     ImGui::GetStyle().FrameRounding);
  draw_text(list, font, {at.x + pad, at.y + (height - font->FontSize) / 2}, ctx.colours.text, text,
            width - 2 * pad);
  return false;
}

}  // namespace phaseloom
