// SPDX-License-Identifier: MIT
#include "app/ui/thermo/thermo_pane.hpp"

#include <algorithm>

#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/toolkit/zoom.hpp"

namespace phaseloom {
namespace {

Point middle_of(const Box& box) {
  return {(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
}

/// What the pictures take from pointer and keys, as an item.
PaneInput take_hands(UiContext& ctx, const HeatPane& pane, const WallLayout& whole,
                     const WallLayout& wall, Box area) {
  const Box seen = wall.seen();
  ImGui::SetCursorScreenPos({seen.min.x, seen.min.y});
  const bool released = ImGui::InvisibleButton(
      pane.name, {std::max(seen.width(), 1.0f), std::max(seen.height(), 1.0f)},
      ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  note_place(ctx, pane.name);
  // The double click that shows all of it again is no click on what comes to lie there.
  const bool was_zooms = ctx.transient.shown_all;
  if (pane.zooms) zoom_input(ctx, zoomable(whole, area));
  PaneInput input;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsItemHovered()) input.hovered = wall.pixel_at({mouse.x, mouse.y});
  input.clicked = released && ImGui::IsMouseReleased(ImGuiMouseButton_Left) && !was_zooms;
  input.focused = focusable(ctx);
  if (input.focused && pane.zooms && pane.chosen >= 0 && pane.chosen < wall.count)
    keep_in_sight(ctx, zoomable(whole, area), middle_of(wall.sample(pane.chosen)));
  return input;
}

}  // namespace

void draw_heat_pane(UiContext& ctx, const HeatPane& pane,
                    const std::function<void(const WallLayout&, const PaneInput&)>& draw) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = ctx.fonts.text->FontSize + ctx.px(6);
  const float room = pane.box.width();
  const auto fitting = std::ranges::find_if(pane.words, [&](const std::string& words) {
    return text_width(ctx.fonts.text, words) <= room;
  });
  const bool cut = fitting == pane.words.end();
  draw_text(list, ctx.fonts.text, {pane.box.min.x, pane.box.min.y}, ctx.colours.faint,
            cut ? pane.words.back() : *fitting, room);
  const Box area{{pane.box.min.x, pane.box.min.y + line}, pane.box.max};
  if (area.height() < ctx.px(16) || area.width() < ctx.px(16)) return;
  const WallLayout whole = layout_wall(area, pane.count, pane.image, 2, pane.columns);
  const WallLayout wall = pane.zooms ? zoomed(whole, present_zoom(ctx), area) : whole;
  if (pane.zooms) take_zoom_button(ctx, area);
  const PaneInput input = take_hands(ctx, pane, whole, wall, area);
  list.PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y}, true);
  draw(wall, input);
  if (pane.chosen >= 0 && pane.chosen < wall.count)
    outline(ctx, wall.sample(pane.chosen), ctx.colours.accent);
  list.PopClipRect();
  if (pane.zooms) draw_zoom_button(ctx, area);
}

std::optional<int> led_to(const UiContext& ctx, int place, int columns, int count) {
  const int right = strokes(ctx, "Right") - strokes(ctx, "Left");
  const int down = strokes(ctx, "Down") - strokes(ctx, "Up");
  const bool home = strokes(ctx, "Home") > 0, end = strokes(ctx, "End") > 0;
  const bool led = right != 0 || down != 0 || home || end;
  if (count < 1 || columns < 1) return {};
  if (place < 0 || place >= count) return led || pushed(ctx) ? std::optional(0) : std::nullopt;
  if (!led) return {};
  const int rows = (count + columns - 1) / columns;
  const int x = std::clamp(place % columns + right, 0, columns - 1);
  const int y = std::clamp(place / columns + down, 0, rows - 1);
  const int to = home ? 0 : end ? count - 1 : std::min(y * columns + x, count - 1);
  if (to == place) return {};
  return to;
}

void outline(const UiContext& ctx, Box place, ImU32 colour) {
  ImGui::GetWindowDrawList()->AddRect({place.min.x - 1, place.min.y - 1},
                                      {place.max.x + 1, place.max.y + 1}, colour, 0, 0,
                                      std::max(1.0f, ctx.px(1.5f)));
}

}  // namespace phaseloom
