#include "app/ui/wall_zoom.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/ui/focus.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

/// Where the enlarged wall begins on one axis: `share` of it in the middle of the view, but no
/// margin beside it while it is larger than the view.
float origin(float low, float high, float size, double share) {
  const float room = high - low;
  if (size <= room) return std::floor(low + (room - size) / 2);
  const float wanted = (low + high) / 2 - static_cast<float>(share) * size;
  return std::floor(std::clamp(wanted, high - size, low));
}

/// The zoom that a layout stands for: what is in the middle of the view.
WallZoom zoom_of(const WallLayout& wall, double factor, Box view) {
  const Box box = wall.bounds();
  const auto share = [](float low, float high, float from, float to) {
    return std::clamp(double((low + high) / 2 - from) / std::max(1.0f, to - from), 0.0, 1.0);
  };
  return {factor, share(view.min.x, view.max.x, box.min.x, box.max.x),
          share(view.min.y, view.max.y, box.min.y, box.max.y)};
}

std::string words(const UiContext& ctx) { return fmt::format("{:.3g} ×", ctx.state.zoom.factor); }

Box button_box(const UiContext& ctx, Box view) {
  const float width = text_width(ctx.fonts.caption, words(ctx)) + ctx.px(30);
  const Point corner{view.max.x - width - ctx.px(6), view.min.y + ctx.px(6)};
  return {corner, {corner.x + width, corner.y + ctx.px(24)}};
}

void post_zoom(UiContext& ctx, const WallZoom& zoom) {
  if (zoom != ctx.state.zoom) ctx.session.post(Verb::zoom, zoom.factor, zoom.x, zoom.y);
}

}  // namespace

WallLayout zoomed(const WallLayout& whole, const WallZoom& zoom, Box view) {
  if (zoom.factor <= 1) return whole;
  WallLayout wall = whole;
  const auto times = static_cast<float>(zoom.factor);
  wall.cell = {std::max(1.0f, std::floor(whole.cell.x * times)),
               std::max(1.0f, std::floor(whole.cell.y * times))};
  const Box size = wall.bounds();
  wall.origin = {origin(view.min.x, view.max.x, size.width(), zoom.x),
                 origin(view.min.y, view.max.y, size.height(), zoom.y)};
  wall.window = view;
  return wall;
}

WallZoom zoomed_at(const WallLayout& whole, const WallZoom& zoom, Box view, Point at,
                   double factor) {
  // A pixel of a sample need not become larger than this.
  constexpr double kLargestPixel = 64;
  const double most =
      std::clamp(kLargestPixel * whole.image.width / std::max(1.0, double(whole.cell.x)), 1.0,
                 WallZoom::kMost);
  const double wanted = std::clamp(zoom.factor * factor, 1.0, most);
  if (wanted < 1.01) return {};
  const Box before = zoomed(whole, zoom, view).bounds();
  WallLayout after = zoomed(whole, {wanted, 0.5, 0.5}, view);
  const Box size = after.bounds();
  const auto kept = [](float p, float from, float to, float length) {
    return p - (p - from) / std::max(1.0f, to - from) * length;
  };
  after.origin = {kept(at.x, before.min.x, before.max.x, size.width()),
                  kept(at.y, before.min.y, before.max.y, size.height())};
  return zoom_of(after, wanted, view);
}

WallZoom moved_by(const WallLayout& whole, const WallZoom& zoom, Box view, Point by) {
  WallLayout wall = zoomed(whole, zoom, view);
  wall.origin = {wall.origin.x + by.x, wall.origin.y + by.y};
  // What would leave a margin goes no further.
  const WallZoom wanted = zoom_of(wall, zoom.factor, view);
  return zoom_of(zoomed(whole, wanted, view), zoom.factor, view);
}

void feel_zoom(UiContext& ctx, const WallLayout& whole, Box view) {
  constexpr double kNotch = 1.25;
  const ImGuiIO& io = ImGui::GetIO();
  const WallZoom& zoom = ctx.state.zoom;
  if (ImGui::IsItemActive() && ImGui::IsMouseDown(ImGuiMouseButton_Middle)) {
    if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
      post_zoom(ctx, moved_by(whole, zoom, view, {io.MouseDelta.x, io.MouseDelta.y}));
    return;
  }
  if (!ImGui::IsItemHovered()) return;
  if (io.MouseWheel != 0)
    post_zoom(ctx, zoomed_at(whole, zoom, view, {io.MousePos.x, io.MousePos.y},
                             std::pow(kNotch, double(io.MouseWheel))));
  else if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
    post_zoom(ctx, {});
}

void take_zoom_button(UiContext& ctx, Box view) {
  if (ctx.state.zoom.factor <= 1) return;
  const Box box = button_box(ctx, view);
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  bool clicked = ImGui::InvisibleButton("whole wall", {box.width(), box.height()});
  note_place(ctx, "whole wall");
  if (focusable(ctx) && pushed(ctx)) clicked = true;
  hint(ctx, "Shows the whole wall again. The wheel zooms, the middle button drags.", "0");
  if (clicked) post_zoom(ctx, {});
}

void draw_zoom_button(UiContext& ctx, Box view) {
  if (ctx.state.zoom.factor <= 1) return;
  const Box box = button_box(ctx, view);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool hovered = box.contains({mouse.x, mouse.y});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y},
                     hovered ? ctx.colours.hovered : ctx.colours.raised, ctx.px(4));
  ImFont* font = ctx.fonts.caption;
  const float middle = (box.min.y + box.max.y) / 2;
  draw_text(list, font, {box.min.x + ctx.px(6), middle - font->FontSize / 2}, ctx.colours.text,
            words(ctx));
  draw_icon(list, Icon::close, {box.max.x - ctx.px(12), middle}, ctx.px(12), ctx.colours.text);
}

}  // namespace phaseloom
