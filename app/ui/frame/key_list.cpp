// SPDX-License-Identifier: MIT
// F1: what the keys do, made from their table. It scrolls where it is longer than the window.

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "app/ui/frame/keys.hpp"
#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kMore[] = {
    "Tab rings a control: arrows, Home and End change it, Enter presses it or lets type, Escape "
    "gives the keys back. On the wall, arrows go from pixel to pixel, with Shift from sample to "
    "sample, and Enter picks.",
    "Sliders: drag, or double-click to type. Walls and planes: the wheel zooms, the middle button "
    "drags, a double click shows all of it again. Files: drop a .safetensors model, a .json scene "
    "or .csv points on the window, or press Ctrl+O."};

std::vector<std::string_view> keys_of(std::string_view chord) {
  std::vector<std::string_view> keys;
  while (!chord.empty()) {
    const auto plus = chord.find('+');
    keys.push_back(chord.substr(0, plus));
    chord = plus == std::string_view::npos ? std::string_view() : chord.substr(plus + 1);
  }
  return keys;
}

float chip_width(const UiContext& ctx, std::string_view key) {
  return text_width(ctx.fonts.small, key) + ctx.px(12);
}

float chord_width(const UiContext& ctx, std::string_view chord) {
  float width = 0;
  for (const std::string_view key : keys_of(chord)) width += chip_width(ctx, key) + ctx.px(4);
  return width;
}

void draw_chord(const UiContext& ctx, ImDrawList& list, ImVec2 at, std::string_view chord) {
  const float height = ctx.px(20);
  for (const std::string_view key : keys_of(chord)) {
    const float width = chip_width(ctx, key);
    list.AddRectFilled(at, {at.x + width, at.y + height}, ctx.colours.raised, ctx.px(4));
    list.AddRect(at, {at.x + width, at.y + height}, ctx.colours.line, ctx.px(4));
    draw_text(list, ctx.fonts.small,
              {at.x + ctx.px(6), at.y + (height - ctx.fonts.small->FontSize) / 2}, ctx.colours.text,
              key);
    at.x += width + ctx.px(4);
  }
}

/// How the list is laid out: as many columns as the window has room for.
struct KeyColumns {
  float chord = 0, help = 0;  ///< widths
  int count = 1, rows = 0;
  float row = 0;
};

KeyColumns lay_out_keys(const UiContext& ctx, float room) {
  KeyColumns c;
  for (const KeyBinding& binding : key_bindings()) {
    c.chord = std::max(c.chord, chord_width(ctx, binding.chord));
    c.help = std::max(c.help, text_width(ctx.fonts.text, binding.help));
  }
  // In whole steps: text is a pixel wider or narrower from version to version of ImGui.
  const float step = ctx.px(8);
  c.chord = std::ceil((c.chord + ctx.px(10)) / step) * step;
  c.help = std::ceil((c.help + ctx.px(20)) / step) * step;
  c.count = std::clamp(static_cast<int>(room / (c.chord + c.help)), 1, 2);
  const auto bindings = static_cast<int>(key_bindings().size());
  c.rows = (bindings + c.count - 1) / c.count;
  c.row = ctx.px(26);
  return c;
}

void draw_list(const UiContext& ctx, const KeyColumns& c) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  int i = 0;
  for (const KeyBinding& binding : key_bindings()) {
    const ImVec2 at{corner.x + (c.chord + c.help) * static_cast<float>(i / c.rows),
                    corner.y + c.row * static_cast<float>(i % c.rows)};
    draw_chord(ctx, list, at, binding.chord);
    draw_text(list, ctx.fonts.text,
              {at.x + c.chord, at.y + (ctx.px(20) - ctx.fonts.text->FontSize) / 2},
              ctx.colours.text, binding.help);
    ++i;
  }
  ImGui::Dummy({1, c.row * static_cast<float>(c.rows)});
}

}  // namespace

void draw_key_list(UiContext& ctx) {
  if (ctx.transient.help && !ImGui::IsPopupOpen("keys")) ImGui::OpenPopup("keys");
  if (!ImGui::IsPopupOpen("keys")) return;
  const ImVec2 whole = ImGui::GetIO().DisplaySize;
  const float beside = ctx.px(2 * 20) + ImGui::GetStyle().ScrollbarSize;  // edges of the dialog
  const KeyColumns c = lay_out_keys(ctx, whole.x - ctx.px(20) - beside);
  const float width =
      std::min(static_cast<float>(c.count) * (c.chord + c.help), whole.x - ctx.px(20) - beside);
  if (!begin_dialog(ctx, "keys", (width + beside) / ctx.scale)) return;
  text(ctx, ctx.fonts.strong, ctx.colours.text, "Keys");
  float wanted = c.row * static_cast<float>(c.rows) + ctx.px(6);
  for (const std::string_view words : kMore)
    wanted += static_cast<float>(wrapped(ctx.fonts.text, words, width).size()) *
                  ctx.fonts.text->FontSize +
              ctx.px(6);
  const float head = ImGui::GetCursorPosY() + ctx.px(16);
  const float height = std::max(std::min(wanted, whole.y - ctx.px(20) - head), ctx.px(60));
  const bool scrolls = wanted > height;
  if (scrolls && ImGui::IsWindowAppearing()) focus_on_dialog(ctx);
  const ImGuiID item = ImGui::GetID("list of keys");
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const Box box{{corner.x - ctx.px(6), corner.y},
                {corner.x + ImGui::GetContentRegionAvail().x + ctx.px(4), corner.y + height}};
  const bool focused = scrolls && focusable(ctx, item, &box);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, 0);
  ImGui::BeginChild("list", {0, height});
  ImGui::PopStyleColor();
  if (focused) scroll_by_keys(ctx, c.row, height - c.row);
  draw_list(ctx, c);
  ImGui::PushTextWrapPos(0);
  for (const std::string_view words : kMore) text(ctx, ctx.fonts.text, ctx.colours.faint, words);
  ImGui::PopTextWrapPos();
  ImGui::EndChild();
  if (!ctx.transient.help || pressed_beside_dialog()) {
    ctx.transient.help = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace phaseloom
