// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/zoom.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/view_verbs.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Where the enlarged thing begins on one axis: `share` of it in the middle of the view, but no
/// margin beside it while it is larger than the view.
float origin(float low, float high, float size, double share) {
  const float room = high - low;
  if (size <= room) return std::floor(low + (room - size) / 2);
  const float wanted = (low + high) / 2 - static_cast<float>(share) * size;
  return std::floor(std::clamp(wanted, high - size, low));
}

/// The zoom that a place of the thing stands for: what is in the middle of the view.
Zoom zoom_of(const Box& box, double factor, Box view) {
  const auto share = [](float low, float high, float from, float to) {
    return std::clamp(double((low + high) / 2 - from) / std::max(1.0f, to - from), 0.0, 1.0);
  };
  return {factor, share(view.min.x, view.max.x, box.min.x, box.max.x),
          share(view.min.y, view.max.y, box.min.y, box.max.y)};
}

WallLayout enlarged(WallLayout wall, double times) {
  if (times <= 1) return wall;
  const auto larger = [&](float length) {
    return std::max(1.0f, std::floor(length * static_cast<float>(times)));
  };
  wall.cell = {larger(wall.cell.x), larger(wall.cell.y)};
  return wall;
}

std::string words(const UiContext& ctx) {
  return fmt::format("{:.3g} ×", present_zoom(ctx).factor);
}

Box button_box(const UiContext& ctx, Box view) {
  const float width = text_width(ctx.fonts.caption, words(ctx)) + ctx.px(30);
  const Point corner{view.max.x - width - ctx.px(6), view.min.y + ctx.px(6)};
  return {corner, {corner.x + width, corner.y + ctx.px(24)}};
}

void post_zoom(UiContext& ctx, const Zoom& zoom) {
  if (zoom != present_zoom(ctx)) ctx.session.post(verbs::zoom, zoom.factor, zoom.x, zoom.y);
}

}  // namespace

Zoomable zoomable(const WallLayout& whole, Box view) {
  // A pixel of a sample need not become larger than this.
  constexpr double kLargestPixel = 64;
  Zoomable thing;
  thing.view = view;
  thing.size = [whole](double times) {
    const Box box = enlarged(whole, times).bounds();
    return Point{box.width(), box.height()};
  };
  thing.most = std::clamp(kLargestPixel * whole.image.width / std::max(1.0, double(whole.cell.x)),
                          1.0, Zoom::kMost);
  return thing;
}

Box zoomed(const Zoomable& thing, const Zoom& zoom) {
  const Point size = thing.size(zoom.factor);
  const Box& view = thing.view;
  const Point corner{origin(view.min.x, view.max.x, size.x, zoom.x),
                     origin(view.min.y, view.max.y, size.y, zoom.y)};
  return {corner, {corner.x + size.x, corner.y + size.y}};
}

WallLayout zoomed(const WallLayout& whole, const Zoom& zoom, Box view) {
  if (zoom.factor <= 1) return whole;
  WallLayout wall = enlarged(whole, zoom.factor);
  wall.origin = zoomed(zoomable(whole, view), zoom).min;
  wall.window = view;
  return wall;
}

Zoom zoomed_at(const Zoomable& thing, const Zoom& zoom, Point at, double factor) {
  const double wanted = std::clamp(zoom.factor * factor, 1.0, thing.most);
  if (wanted < 1.01) return {};
  const Box before = zoomed(thing, zoom);
  const Point size = thing.size(wanted);
  const auto kept = [](float p, float from, float to, float length) {
    return p - (p - from) / std::max(1.0f, to - from) * length;
  };
  const Point corner{kept(at.x, before.min.x, before.max.x, size.x),
                     kept(at.y, before.min.y, before.max.y, size.y)};
  return zoom_of({corner, {corner.x + size.x, corner.y + size.y}}, wanted, thing.view);
}

Zoom moved_by(const Zoomable& thing, const Zoom& zoom, Point by) {
  Box box = zoomed(thing, zoom);
  box = {{box.min.x + by.x, box.min.y + by.y}, {box.max.x + by.x, box.max.y + by.y}};
  // What would leave a margin goes no further.
  const Zoom wanted = zoom_of(box, zoom.factor, thing.view);
  return zoom_of(zoomed(thing, wanted), zoom.factor, thing.view);
}

const Zoom& present_zoom(const UiContext& ctx) { return ctx.state.zoom(); }

bool zoom_input(UiContext& ctx, const Zoomable& thing) {
  constexpr double kNotch = 1.25;
  const ImGuiIO& io = ImGui::GetIO();
  const Zoom& zoom = present_zoom(ctx);
  bool& shown_all = ctx.transient.shown_all;
  shown_all = shown_all && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  if (ImGui::IsItemActive() && ImGui::IsMouseDown(ImGuiMouseButton_Middle)) {
    if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
      post_zoom(ctx, moved_by(thing, zoom, {io.MouseDelta.x, io.MouseDelta.y}));
    return true;
  }
  if (!ImGui::IsItemHovered()) return shown_all;
  if (io.MouseWheel != 0) {
    post_zoom(ctx, zoomed_at(thing, zoom, {io.MousePos.x, io.MousePos.y},
                             std::pow(kNotch, double(io.MouseWheel))));
  } else if (!thing.clicks_draw && zoom.factor > 1 &&
             ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    post_zoom(ctx, {});
    shown_all = true;
  }
  return shown_all;
}

void keep_in_sight(UiContext& ctx, const Zoomable& thing, Point place) {
  const Zoom& zoom = present_zoom(ctx);
  if (zoom.factor <= 1 || thing.view.contains(place)) return;
  const Box all = zoomed(thing, zoom);
  const auto share = [](float p, float from, float to) {
    return std::clamp(double((p - from) / std::max(1.0f, to - from)), 0.0, 1.0);
  };
  post_zoom(ctx, {zoom.factor, share(place.x, all.min.x, all.max.x),
                  share(place.y, all.min.y, all.max.y)});
}

void take_zoom_button(UiContext& ctx, Box view) {
  if (present_zoom(ctx).factor <= 1) return;
  const Box box = button_box(ctx, view);
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  bool clicked = ImGui::InvisibleButton("show all", {box.width(), box.height()});
  note_place(ctx, "show all");
  if (focusable(ctx) && pushed(ctx)) clicked = true;
  hint(ctx, "Shows all of it again. The wheel zooms, the middle button drags.", "0");
  if (clicked) post_zoom(ctx, {});
}

void draw_zoom_button(UiContext& ctx, Box view) {
  if (present_zoom(ctx).factor <= 1) return;
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
