// SPDX-License-Identifier: MIT
// The wall of samples on Generate's stage: one, or two beside each other, or one that is split.

#include "app/ui/generate/wall_stage.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/compare.hpp"
#include "app/ui/generate/touch_tools.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/toolkit/zoom.hpp"

namespace phaseloom {
namespace {

constexpr float kGutter = 2;

/// The keyboard's hand on a wall: arrows go from pixel to pixel, with Shift from sample to sample.
/// Returns where it is.
WallLayout::Pixel move_cursor(UiContext& ctx, const WallLayout& wall) {
  WallLayout::Pixel& at = ctx.transient.wall_cursor;
  const int columns = std::max(1, wall.columns), rows = wall.rows();
  const auto net = [&](const char* up, const char* down, bool shift) {
    return strokes(ctx, up, shift) - strokes(ctx, down, shift);
  };
  at.lane = std::clamp(at.lane, 0, wall.count - 1);
  // In pixels of the whole wall, so that the edge of a sample is no wall.
  const int w = wall.image.width, h = wall.image.height;
  int x =
      at.lane % columns * w + at.x + net("Right", "Left", false) + w * net("Right", "Left", true);
  int y = at.lane / columns * h + at.y + net("Down", "Up", false) + h * net("Down", "Up", true);
  if (strokes(ctx, "Home")) x = y = 0;
  x = std::clamp(x, 0, columns * w - 1);
  y = std::clamp(y, 0, rows * h - 1);
  at = {std::min(y / h * columns + x / w, wall.count - 1), x % w, y % h};
  return at;
}

/// The middle of a pixel.
Point middle_of(const WallLayout& wall, const WallLayout::Pixel& at) {
  const Box sample = wall.sample(at.lane);
  return {sample.min.x + (static_cast<float>(at.x) + 0.5f) * wall.cell.x /
                             static_cast<float>(wall.image.width),
          sample.min.y + (static_cast<float>(at.y) + 0.5f) * wall.cell.y /
                             static_cast<float>(wall.image.height)};
}

/// One wall on the stage: where all of it would be, and what is seen of it.
struct SeenWall {
  WallLayout whole;
  Box view;
  WallLayout wall;
};

/// @param view what an enlarged wall may fill; the whole of it is laid out in `area`.
SeenWall seen_wall(const UiContext& ctx, Box area, Box view, Extent image) {
  const WallLayout whole = layout_wall(area, ctx.now.lanes, image, kGutter);
  return {whole, view, zoomed(whole, present_zoom(ctx), view)};
}

/// What the pointer does to a wall: hover enlarges, a click pins and picks, the wheel zooms.
/// Returns whether it is under the pointer.
bool wall_input(UiContext& ctx, const char* id, const ViewLook& look, const SeenWall& seen) {
  const WallLayout& wall = seen.wall;
  const Box box = wall.seen();
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  const bool released =
      ImGui::InvisibleButton(id, {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)},
                             ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  const bool clicked = released && ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  note_place(ctx, id);
  Zoomable thing = zoomable(seen.whole, seen.view);
  thing.clicks_draw = touching(ctx);
  zoom_input(ctx, thing);
  const ImGuiIO& io = ImGui::GetIO();
  if (touching(ctx)) brush_wall(ctx, wall, look.layer);
  if (focusable(ctx)) {
    const WallLayout::Pixel at = move_cursor(ctx, wall);
    keep_in_sight(ctx, thing, middle_of(wall, at));
    ctx.transient.hovered_lane = at.lane;
    ctx.transient.hovered_pixel = at;
    if (pushed(ctx) && touching(ctx)) {
      brush_pixel(ctx, at, look.layer);
    } else if (pushed(ctx)) {
      ctx.session.post(verbs::pin, at.lane);
      ctx.session.post(verbs::pick, unit_at(ctx.now.grid, {look.layer, at.x, at.y}));
    }
    return true;
  }
  if (!ImGui::IsItemHovered()) return false;
  const auto pixel = wall.pixel_at({io.MousePos.x, io.MousePos.y});
  if (!pixel) return false;
  ctx.transient.hovered_lane = pixel->lane;
  ctx.transient.hovered_pixel = *pixel;
  if (clicked && !touching(ctx)) {
    ctx.session.post(verbs::pin, pixel->lane);
    ctx.session.post(verbs::pick, unit_at(ctx.now.grid, {look.layer, pixel->x, pixel->y}));
  }
  return true;
}

void mark_wall(UiContext& ctx, const WallLayout& wall, int layer) {
  const Transient& t = ctx.transient;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  mark_held(ctx, list, wall, layer);
  if (touching(ctx) && t.hovered_lane >= 0) draw_brush(ctx, list, wall, t.hovered_pixel);
  const auto outline = [&](int lane, ImU32 colour, float width) {
    const Box s = wall.sample(lane);
    list.AddRect({s.min.x - 1, s.min.y - 1}, {s.max.x + 1, s.max.y + 1}, colour, 0, 0, width);
  };
  if (ctx.state.pinned >= 0 && ctx.state.pinned < wall.count)
    outline(ctx.state.pinned, ctx.colours.accent, std::max(2.0f, ctx.px(2)));
  if (t.hovered_lane >= 0 && t.hovered_lane != ctx.state.pinned)
    outline(t.hovered_lane, ctx.colours.text, std::max(1.0f, ctx.px(1)));
}

/// Where the wall goes: in the whole area if the tools fit beside it there.
Box beside_tools(const UiContext& ctx, const ViewLook& look, Box area) {
  const float tools = touch_tools_width(ctx, area.height()) + ctx.px(8);
  const Compare how = look.compared ? ctx.state.compare : Compare::off;
  Box room = area;
  if (how == Compare::difference) room.min.y += name_height(ctx);
  const WallLayout wall = layout_wall(room, ctx.now.lanes, look.image, kGutter);
  if (how == Compare::side || wall.origin.x < area.min.x + tools) area.min.x += tools;
  return area;
}

/// From here on, only what is seen through the wall's window is drawn; PopClipRect() ends it.
void clip_to(const WallLayout& wall, ImDrawList& list, Box area) {
  const Box box = wall.window ? *wall.window : area;
  list.PushClipRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, true);
}

void draw_pair_of_walls(UiContext& ctx, const ViewLook& look, const ViewLook& difference, Box area,
                        Box whole) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = std::floor((area.min.x + area.max.x) / 2), gap = ctx.px(5);
  const float shift = middle + gap - area.min.x;
  const Box half{area.min, {middle - gap, area.max.y}};
  const SeenWall left = seen_wall(ctx, half, half, look.image);
  SeenWall right = left;
  for (WallLayout* wall : {&right.whole, &right.wall}) {
    wall->origin.x += shift;
    if (wall->window)
      wall->window = Box{{wall->window->min.x + shift, wall->window->min.y},
                         {wall->window->max.x + shift, wall->window->max.y}};
  }
  right.view = {{left.view.min.x + shift, left.view.min.y},
                {left.view.max.x + shift, left.view.max.y}};
  take_zoom_button(ctx, right.view);
  wall_input(ctx, "ideal wall", look, left);
  const bool on_right = wall_input(ctx, "wall", look, right);
  for (const auto& [seen, side, name] :
       {std::tuple{&std::as_const(left), Side::ideal, "ideal"},
        std::tuple{&std::as_const(right), Side::hardware, "hardware"}}) {
    clip_to(seen->wall, list, whole);
    draw_samples(ctx, list, seen->wall, look, 0, side);
    mark_wall(ctx, seen->wall, look.layer);
    list.PopClipRect();
    draw_wall_name(ctx, seen->wall, name);
  }
  draw_zoom_button(ctx, right.view);
  draw_magnifier(ctx, look, difference, on_right ? right.wall : left.wall, whole);
}

}  // namespace

void draw_wall(UiContext& ctx, const ViewLook& look, const ViewLook& difference, Box area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Compare how = look.compared ? ctx.state.compare : Compare::off;
  draw_touch_tools(ctx, area);
  const float beside = area.min.x + touch_tools_width(ctx, area.height()) + ctx.px(8);
  area = beside_tools(ctx, look, area);
  const Box whole = area;
  if (how == Compare::side || how == Compare::difference) area.min.y += name_height(ctx);
  if (how == Compare::side) return draw_pair_of_walls(ctx, look, difference, area, whole);
  // On both sides: the middle stays where it is, and with it what is under the pointer.
  const float margin = std::max(0.0f, beside - area.min.x);
  const Box view{{area.min.x + margin, area.min.y}, {area.max.x - margin, area.max.y}};
  const SeenWall seen = seen_wall(ctx, area, view, look.image);
  const WallLayout& wall = seen.wall;
  take_zoom_button(ctx, seen.view);
  const bool on_divider = how == Compare::split && take_divider(ctx, wall);
  wall_input(ctx, "wall", look, seen);
  // There, the lens would lie over the hint.
  if (on_divider) ctx.transient.hovered_lane = -1;
  if (how == Compare::difference) draw_wall_name(ctx, wall, "hardware − ideal");
  clip_to(wall, list, whole);
  if (how == Compare::off)
    draw_samples(ctx, list, wall, look);
  else if (how == Compare::split)
    draw_split(ctx, look, wall);
  else
    draw_samples(ctx, list, wall, difference, 0, Side::difference);
  mark_wall(ctx, wall, look.layer);
  list.PopClipRect();
  if (how == Compare::split) draw_split_names(ctx, wall);
  draw_zoom_button(ctx, seen.view);
  draw_magnifier(ctx, look, difference, wall, whole);
}

}  // namespace phaseloom
