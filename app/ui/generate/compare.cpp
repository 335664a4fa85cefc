// SPDX-License-Identifier: MIT
// Ideal against hardware: which way they are shown, their names, and the divider between them.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/compare.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

void draw_name(UiContext& ctx, ImVec2 at, const char* name) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(list, ctx.fonts.caption, at, ctx.colours.faint, name);
}

/// A name on the pictures themselves; `side` is -1 if it ends at x, 1 if it begins there.
void draw_tag(UiContext& ctx, float x, float y, int side, const char* name) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float pad = ctx.px(5), width = text_width(ctx.fonts.caption, name) + 2 * pad;
  const float left = side < 0 ? x - width : x;
  list.AddRectFilled({left, y}, {left + width, y + ctx.fonts.caption->FontSize + ctx.px(4)},
                     faded(ctx.colours.panel, 0.85f), ctx.px(3));
  draw_text(list, ctx.fonts.caption, {left + pad, y + ctx.px(2)}, ctx.colours.text, name);
}

void draw_clipped(UiContext& ctx, const ViewLook& look, const WallLayout& wall, Side side, float x0,
                  float x1) {
  if (x1 <= x0) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box box = wall.seen();
  list.PushClipRect({x0, box.min.y}, {x1, box.max.y}, true);
  draw_samples(ctx, list, wall, look, 0, side);
  list.PopClipRect();
}

}  // namespace

void draw_compare_bar(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const Choice ways[] = {
      {"Side by side",
       "The ideal network on the left, the hardware on the right: both from the same noise x(0).",
       true},
      {"Split",
       "Ideal on the left of the divider, hardware on the right. Drag the divider, or "
       "move it by Ctrl+Left and Ctrl+Right.",
       true},
      {"Difference",
       "Δ = hardware − ideal, of phases within ±π: nothing is dark, more is orange, less is blue.",
       true}};
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = std::min(room, ctx.px(270));
  const int chosen = static_cast<int>(ctx.state.compare) - 1;
  if (const auto way = segmented(ctx, "compare way", ways, chosen, width))
    ctx.session.post(verbs::compare, name_of(static_cast<Compare>(*way + 1)));
  const bool nothing = ctx.state.compare == Compare::difference && now.scene.hardware.ideal();
  const std::string number = nothing ? std::string("the hardware is ideal: nothing differs")
                             : !now.ideal.state             ? std::string("catching up")
                             : std::isfinite(now.ideal_rms) ? fmt::format("{:.4f}", now.ideal_rms)
                                                            : std::string("–");
  ImFont *digits = ctx.fonts.small, *words = ctx.fonts.caption;
  const float number_width = text_width(digits, number);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = corner.y + ImGui::GetFrameHeight() / 2;
  float x = corner.x + room - number_width;
  const auto width_of = [&](const char* text) { return text_width(words, text) + ctx.px(6); };
  const char* label = "rms pixel difference";
  if (x - width_of(label) < corner.x + width + ctx.px(8)) label = "rms";
  const float label_width = width_of(label);
  if (x - label_width < corner.x + width + ctx.px(8)) return;
  draw_text(list, digits, {x, middle - digits->FontSize / 2}, ctx.colours.text, number);
  x -= label_width;
  draw_text(list, words, {x, middle - words->FontSize / 2}, ctx.colours.faint, label);
  ImGui::SameLine();
  ImGui::SetCursorScreenPos({x, corner.y});
  ImGui::InvisibleButton("rms", {label_width + number_width, ImGui::GetFrameHeight()});
  hint(ctx,
       "Root of the mean square of hardware − ideal, over all pixels of the wall; 0 when they are "
       "the same bit for bit.");
}

float divider_x(const UiContext& ctx, const WallLayout& wall) {
  const Box box = wall.seen();
  return std::round(box.min.x + static_cast<float>(ctx.state.divider) * box.width());
}

bool take_divider(UiContext& ctx, const WallLayout& wall) {
  const Box box = wall.seen();
  const float reach = ctx.px(5);
  ImGui::SetCursorScreenPos({divider_x(ctx, wall) - reach, box.min.y});
  ImGui::InvisibleButton("divider", {2 * reach, std::max(box.height(), 1.0f)});
  note_place(ctx, "divider");
  if (focusable(ctx)) {
    constexpr double kStep = 0.02;
    const int by = strokes(ctx, "Right") - strokes(ctx, "Left");
    if (by != 0)
      ctx.session.post(verbs::divider, std::clamp(ctx.state.divider + kStep * by, 0.0, 1.0));
  }
  const bool touched = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (touched) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  hint(ctx, "Ideal on the left of it, hardware on the right: drag it.", "Ctrl+Left  Ctrl+Right");
  const float moved = ImGui::GetIO().MouseDelta.x;
  if (ImGui::IsItemActive() && moved != 0 && box.width() > 0)
    ctx.session.post(
        verbs::divider,
        std::clamp(double((ImGui::GetIO().MousePos.x - box.min.x) / box.width()), 0.0, 1.0));
  return touched;
}

void draw_split(UiContext& ctx, const ViewLook& look, const WallLayout& wall) {
  const Box box = wall.seen();
  const float x = divider_x(ctx, wall);
  draw_clipped(ctx, look, wall, Side::ideal, box.min.x, x);
  draw_clipped(ctx, look, wall, Side::hardware, x, box.max.x);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = (box.min.y + box.max.y) / 2, grip = ctx.px(14);
  list.AddLine({x, box.min.y}, {x, box.max.y}, ctx.colours.accent, std::max(2.0f, ctx.px(2)));
  list.AddRectFilled({x - ctx.px(4), middle - grip}, {x + ctx.px(4), middle + grip},
                     ctx.colours.accent, ctx.px(4));
}

void draw_split_names(UiContext& ctx, const WallLayout& wall) {
  const Box box = wall.seen();
  const float x = divider_x(ctx, wall), y = box.min.y + ctx.px(6), gap = ctx.px(6);
  if (x - box.min.x > ctx.px(50)) draw_tag(ctx, x - gap, y, -1, "ideal");
  if (box.max.x - x > ctx.px(76)) draw_tag(ctx, x + gap, y, 1, "hardware");
}

float name_height(const UiContext& ctx) { return ctx.fonts.caption->FontSize + ctx.px(5); }

void draw_wall_name(UiContext& ctx, const WallLayout& wall, const char* name) {
  const Box box = wall.seen();
  draw_name(ctx, {box.min.x, box.min.y - name_height(ctx)}, name);
}

}  // namespace phaseloom
