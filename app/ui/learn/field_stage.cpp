// SPDX-License-Identifier: MIT
// The stage of a field: hue by phase, and a round brush in the hand.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>

#include "app/commands/field_verbs.hpp"
#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// What the field is drawn with; and where the brush acted last.
struct FieldPicture {
  ImageWall wall;
  Point last{};
  bool held = false;
};

void draw_brushes(UiContext& ctx, Box area) {
  const Choice brushes[] = {
      {"Scatter", "Phases of chance under the brush.", true},
      {"Vortex", "A click plants a vortex, around which phases turn once.", true},
      {"Antivortex", "A click plants its opposite.", true},
      {"Level", "All under the brush get the phase of its middle.", true}};
  const Box row = draw_lesson_menu(ctx, area);
  ImGui::SetCursorScreenPos({row.min.x, row.min.y});
  const float slider_width = std::min(ctx.px(130), 0.2F * row.width()), gap = ctx.px(8);
  const float width = std::min(row.width() - slider_width - gap, ctx.px(400));
  if (const auto taken =
          choose_one(ctx, "field brush", brushes, static_cast<int>(ctx.state.field.brush), width))
    ctx.session.post(verbs::field_brush, name_of(static_cast<Disturbance>(*taken)));
  ImGui::SetCursorScreenPos({area.min.x + width + gap, area.min.y});
  double radius = ctx.state.field.radius;
  if (slider(ctx, "brush radius", radius, {2, 100, 1, 2, "r = %.0f"}, slider_width))
    ctx.session.post(verbs::field_brush, name_of(ctx.state.field.brush), radius);
  hint(ctx, "Radius of the brush, in places.");
  note_place(ctx, "brush radius");
}

/// Rows of the field are what a wall takes for samples: a table of a million in one row would be
/// wider than textures may be.
WallLayout rows_of(const FieldSnapshot& now, Box square) {
  WallLayout rows;
  rows.origin = square.min;
  rows.columns = 1;
  rows.count = now.height;
  rows.cell = {square.width(), square.height() / static_cast<float>(now.height)};
  rows.gutter = 0;
  rows.image = {now.width, 1};
  return rows;
}

void brush_at(UiContext& ctx, const FieldSnapshot& now, Box square, Point at) {
  const double x = double(at.x - square.min.x) / double(square.width()) * now.width - 0.5;
  const double y = double(at.y - square.min.y) / double(square.height()) * now.height - 0.5;
  ctx.session.post(verbs::field_disturb, name_of(ctx.state.field.brush), x, y,
                   ctx.state.field.radius);
}

/// Vortices are planted by a click; what has no middle is painted along the way.
void take_hands(UiContext& ctx, FieldPicture& picture, const FieldSnapshot& now, Box square) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point at{mouse.x, mouse.y};
  const Disturbance brush = ctx.state.field.brush;
  const bool paints = brush == Disturbance::scatter || brush == Disturbance::level;
  if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
    const float radius =
        static_cast<float>(ctx.state.field.radius) * square.width() / static_cast<float>(now.width);
    ImGui::GetWindowDrawList()->AddCircle(mouse, std::max(radius, 2.0F), ctx.colours.text, 0,
                                          std::max(1.0F, ctx.px(1.5F)));
  }
  if (ImGui::IsItemActive() && paints) {
    const float way = std::hypot(at.x - picture.last.x, at.y - picture.last.y);
    if (!picture.held || way > ctx.px(3)) {
      brush_at(ctx, now, square, at);
      picture.last = at;
    }
    picture.held = true;
  }
  if (ImGui::IsItemDeactivated()) {
    if (!paints) brush_at(ctx, now, square, at);
    picture.held = false;
  }
  if (focusable(ctx)) {
    focus_hint(ctx, "Enter acts in the middle of the field with the brush that is chosen.");
    if (pushed(ctx))
      brush_at(ctx, now, square,
               {(square.min.x + square.max.x) / 2, (square.min.y + square.max.y) / 2});
  }
}

}  // namespace

void draw_field_stage(UiContext& ctx) {
  const ImVec2 corner = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float pad = ctx.px(10), line = ImGui::GetFrameHeight();
  const Box area{{corner.x + pad, corner.y + pad},
                 {corner.x + room.x - pad, corner.y + room.y - pad}};
  if (area.width() < ctx.px(40) || area.height() < line + ctx.px(40)) return;
  draw_brushes(ctx, area);
  const float caption = ctx.fonts.caption->FontSize + ctx.px(4);
  const Box below{{area.min.x, area.min.y + line + ctx.px(8)}, {area.max.x, area.max.y - caption}};
  const FieldSnapshot& now = field_of(ctx);
  if (!now.phases) {
    float y = (below.min.y + below.max.y) / 2;
    return centred(ctx, ctx.fonts.text, ctx.colours.faint, "The field is being made", below, y);
  }
  const float side = std::floor(std::min(below.width(), below.height()));
  const float left = std::floor((below.min.x + below.max.x - side) / 2);
  const Box square{{left, below.min.y}, {left + side, below.min.y + side}};
  FieldPicture& picture = ctx.kept<FieldPicture>();
  picture.wall.show(now.phases, nullptr, now.height, now.width, LaneOrder::lane_major);
  ImGui::SetCursorScreenPos({square.min.x, square.min.y});
  ImGui::InvisibleButton("field", {side, side});
  note_place(ctx, "field");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  WallStyle style;
  style.map = ColourMap::phase;
  style.high = 2 * std::numbers::pi_v<float>;
  style.angles = true;
  draw_wall_samples(ctx, list, picture.wall, rows_of(now, square), style);
  take_hands(ctx, picture, now, square);
  draw_text(list, ctx.fonts.caption, {area.min.x, below.max.y + ctx.px(2)}, ctx.colours.faint,
            fmt::format("{} × {} oscillators on a torus; vortices: {}, antivortices: {}", now.width,
                        now.height, now.defects.positive, now.defects.negative),
            area.width());
}

}  // namespace phaseloom
