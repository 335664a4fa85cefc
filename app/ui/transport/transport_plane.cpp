// SPDX-License-Identifier: MIT
#include "app/ui/transport/transport_plane.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/view_verbs.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Half the side of the plane that is seen; distributions live within 1/2.
constexpr float kSeen = FieldSlices::kReach;
constexpr int kMostPaths = 400;
constexpr double kTrail = 0.45;  // share of the way after which a path has faded

Ink ink_of(ImU32 colour, float opacity) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  return {c.x, c.y, c.z, opacity};
}

float line_height(const UiContext& ctx) { return ctx.fonts.text->FontSize + ctx.px(3); }

/// Positions of all points at the flow's time.
Points points_at(const FlowPaths& paths, double time) {
  const double row = time * static_cast<double>(paths.times.size() - 1);
  const int before = static_cast<int>(row);
  const int after = std::min(before + 1, static_cast<int>(paths.times.size()) - 1);
  const auto f = static_cast<float>(row - before);
  Points points(paths.at(before).begin(), paths.at(before).end());
  const auto next = paths.at(after);
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i].x += f * (next[i].x - points[i].x);
    points[i].y += f * (next[i].y - points[i].y);
  }
  return points;
}

ImU32 plane_colour(const UiContext& ctx) {
  return mixed(ctx.colours.panel, ctx.colours.back, 0.6f);
}

void draw_plane(const UiContext& ctx, ImDrawList& list, Box box, const PlaneView& plane) {
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y}, plane_colour(ctx));
  const Point low = plane.to_screen({-0.5f, -0.5f}), high = plane.to_screen({0.5f, 0.5f});
  list.AddRect({low.x, high.y}, {high.x, low.y}, ctx.colours.line);
  const Point zero = plane.to_screen({0, 0});
  list.AddLine({zero.x, high.y}, {zero.x, low.y}, faded(ctx.colours.line, 0.5f));
  list.AddLine({low.x, zero.y}, {high.x, zero.y}, faded(ctx.colours.line, 0.5f));
}

/// Where the square ends, or what is seen of the plane, on ground of its own: arrows and paths go
/// past it.
void draw_scale(const UiContext& ctx, ImDrawList& list, const PaneBox& place, const Zoom& zoom) {
  ImFont* font = ctx.fonts.small;
  const auto name = [&](float x, float y, const std::string& words) {
    const float width = text_width(font, words), pad = ctx.px(1);
    list.AddRectFilled({x - pad, y - pad}, {x + width + pad, y + font->FontSize + pad},
                       faded(plane_colour(ctx), 0.8f), ctx.px(2));
    draw_text(list, font, {x, y}, ctx.colours.faint, words);
  };
  const auto& [box, plane, caption] = place;
  if (zoom.factor <= 1) {
    const Point low = plane.to_screen({-0.5f, -0.5f}), high = plane.to_screen({0.5f, 0.5f});
    const float y = std::min(low.y + ctx.px(2), box.max.y - font->FontSize);
    name(low.x, y, "−0.5");
    name(high.x - text_width(font, "0.5"), y, "0.5");
    return;
  }
  const auto number = [](float value) {
    return fmt::format("{}{:.2f}", value < 0 ? "−" : "", std::abs(value));
  };
  const Point low = plane.from_screen({box.min.x, box.max.y});
  const Point high = plane.from_screen({box.max.x, box.min.y});
  const float pad = ctx.px(4), bottom = box.max.y - font->FontSize - pad;
  const std::string right = number(high.x);
  name(box.min.x + pad, bottom, fmt::format("{}, {}", number(low.x), number(low.y)));
  name(box.max.x - pad - text_width(font, right), bottom, right);
  name(box.min.x + pad, box.min.y + pad, number(high.y));
}

/// A point of one's own: where it begins (to be dragged), its whole way, where it is now.
void draw_probe(UiContext& ctx, ImDrawList& list, const PlaneView& plane,
                const TransportPicture& picture, const FlowLook& look) {
  const FlowView& flow_view = look.view;
  const Point start{static_cast<float>(flow_view.probe_x), static_cast<float>(flow_view.probe_y)};
  const FlowPaths paths =
      flow(picture.model, std::span(&start, 1), truth_steps_per_chunk(picture.model));
  for (std::size_t k = 0; k < paths.times.size(); ++k) {
    const Point p = plane.to_screen(paths.at(static_cast<int>(k))[0]);
    if (std::isfinite(p.x) && std::isfinite(p.y)) list.PathLineTo({p.x, p.y});
  }
  list.PathStroke(ctx.colours.text, 0, std::max(1.5f, ctx.px(2)));
  for (const int border : paths.borders) {
    const Point p = plane.to_screen(paths.at(border)[0]);
    list.AddCircleFilled({p.x, p.y}, ctx.px(2.5f), ctx.colours.text, 12);
  }
  const Point a = plane.to_screen(start);
  list.AddCircle({a.x, a.y}, ctx.px(7), ctx.colours.text, 24, std::max(1.5f, ctx.px(2)));
  const Point now = plane.to_screen(points_at(paths, look.time)[0]);
  list.AddCircleFilled({now.x, now.y}, ctx.px(5), ctx.colours.text, 24);
  list.AddCircleFilled({now.x, now.y}, ctx.px(3.5f), ctx.colours.accent, 24);
}

Zoomable zoomable(const UiContext& ctx, Box box) {
  Zoomable thing;
  thing.view = box;
  thing.size = [side = box.width()](double times) {
    const float larger = side * static_cast<float>(times);
    return Point{larger, larger};
  };
  thing.clicks_draw = ctx.kept<Sketch>().on;
  return thing;
}

double within(double x) { return std::clamp(x, -double(kSeen), double(kSeen)); }

/// The probe goes where the pointer is dragged.
void drag_probe(UiContext& ctx, const PlaneView& plane) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point p = plane.from_screen({mouse.x, mouse.y});
  const double x = within(double(p.x)), y = within(double(p.y));
  const FlowView& now = ctx.state.flow;
  if (!now.probed || x != now.probe_x || y != now.probe_y)
    ctx.session.post(verbs::flow_probe, x, y);
}

void move_probe(UiContext& ctx, const PlaneView& plane, const Zoomable& thing) {
  const double step = 0.02 / present_zoom(ctx).factor;
  const int right = strokes(ctx, "Right") - strokes(ctx, "Left");
  const int up = strokes(ctx, "Up") - strokes(ctx, "Down");
  if (right == 0 && up == 0) return;
  const FlowView& now = ctx.state.flow;
  const double x = within(now.probe_x + right * step), y = within(now.probe_y + up * step);
  ctx.session.post(verbs::flow_probe, x, y);
  keep_in_sight(ctx, thing, plane.to_screen({static_cast<float>(x), static_cast<float>(y)}));
}

void take_pointer(UiContext& ctx, const char* id, const PaneBox& place) {
  const Box& box = place.box;
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::InvisibleButton(id, {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  note_place(ctx, id);
  const Zoomable thing = zoomable(ctx, box);
  const bool zooming = zoom_input(ctx, thing);
  if (ImGui::IsItemClicked(ImGuiMouseButton_Right))
    ctx.session.post(verbs::flow_unprobe);
  else if (!zooming && ImGui::IsItemActive() && ImGui::IsMouseDown(ImGuiMouseButton_Left))
    drag_probe(ctx, place.plane);
  if (focusable(ctx)) move_probe(ctx, place.plane, thing);
  hint(ctx,
       "Drag, or arrows: a point of your own and the way that it is carried. Right click: away "
       "with it.");
}

void paint_title(const UiContext& ctx, ImDrawList& list, const PlanePane& pane,
                 const PaneBox& place) {
  if (pane.title.empty()) return;
  const float width = place.box.width(), x = place.box.min.x;
  float y = place.box.min.y - place.caption + ctx.px(2);
  const auto line = [&](ImFont* font, ImU32 colour, std::string_view words) {
    draw_text(list, font, {x, y}, colour, words, width);
    y += line_height(ctx);
  };
  if (pane.lines == 1) {
    line(ctx.fonts.text, ctx.colours.text, pane.title);
    const char* const comma = pane.value.empty() || pane.ratio.empty() ? "" : ", ";
    line(ctx.fonts.caption, ctx.colours.faint, pane.value + comma + pane.ratio);
    return;
  }
  const auto words = wrapped(ctx.fonts.text, pane.title, width);
  for (std::size_t i = 0; i < 2; ++i)
    line(ctx.fonts.text, ctx.colours.text, i < words.size() ? words[i] : std::string_view());
  for (const std::string& words_below : {pane.value, pane.ratio})
    line(ctx.fonts.caption, ctx.colours.faint, words_below);
}

}  // namespace

void say_above(UiContext& ctx, Box box, std::string_view words) {
  constexpr std::size_t kMostLines = 3;  // of small type, over what is to be seen
  if (wrapped(ctx.fonts.caption, words, 0.9f * box.width()).size() > kMostLines) return;
  // Above the square, where distributions live; smaller where that is not enough.
  const bool small = wrapped(ctx.fonts.text, words, 0.9f * box.width()).size() > 1;
  float y = box.min.y + ctx.px(small ? 4 : 10);
  centred(ctx, small ? ctx.fonts.caption : ctx.fonts.text, ctx.colours.faint, words, box, y);
}

FlowLook present_look(const UiContext& ctx) {
  return {ctx.transport, ctx.state.flow, ctx.state.flow.time,
          ctx.state.zoom_of(Workspace::transport)};
}

void fit_captions(const UiContext& ctx, std::vector<PlanePane>& panes, float width) {
  // What comes there once a result is known; the planes are not to jump then.
  bool narrow = width < text_width(ctx.fonts.caption, "W₂² 0.0000, 00 × noise");
  for (const PlanePane& pane : panes)
    narrow = narrow || text_width(ctx.fonts.text, pane.title) > width;
  for (PlanePane& pane : panes) pane.lines = narrow ? 2 : 1;
}

PaneBox place_pane(const UiContext& ctx, const PlanePane& pane, Box area, const Zoom& zoom) {
  PaneBox place;
  place.caption =
      pane.title.empty() ? 0 : 2 * static_cast<float>(pane.lines) * line_height(ctx) + ctx.px(5);
  const float side = std::floor(std::min(area.width(), area.height() - place.caption));
  const Point corner{
      std::floor((area.min.x + area.max.x - side) / 2),
      std::floor(area.min.y + place.caption + (area.height() - place.caption - side) / 2)};
  place.box = {corner, {corner.x + side, corner.y + side}};
  const Box all = zoomed(zoomable(ctx, place.box), zoom);
  place.plane = {{(all.min.x + all.max.x) / 2, (all.min.y + all.max.y) / 2},
                 all.width() / (2 * kSeen)};
  return place;
}

void paint_pane(UiContext& ctx, ImDrawList& list, const PlanePane& pane, const PaneBox& place,
                const FlowLook& look) {
  const Box& box = place.box;
  const PlaneView& plane = place.plane;
  const TransportSnapshot& t = look.points;
  const FlowView view = look.view;
  const double time = look.time;
  paint_title(ctx, list, pane, place);
  list.PushClipRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, true);
  draw_plane(ctx, list, box, plane);
  if (pane.picture && view.field) draw_field(ctx, list, plane, pane.picture->field, time);
  FlowClouds& clouds = ctx.kept<FlowClouds>();
  const float point =
      std::clamp(box.width() / 120, 3.0f, 8.0f) * (t.source->size() > 2000 ? 0.8f : 1.0f);
  const PointCloud::Programs::Canvas canvas{plane, ctx.framebuffer, box};
  const ImU32 target = target_colour(ctx), faint = ctx.colours.faint, accent = ctx.colours.accent;
  if (pane.flow && pane.picture)
    pane.flow->show(pane.picture, pane.picture->paths.positions, pane.picture->paths.points,
                    kMostPaths);
  const bool drawn = pane.flow && pane.picture;
  draw_by_gl(ctx, list, [=, &clouds, flow = pane.flow] {
    if (view.target)
      clouds.programs.draw_points(clouds.target, canvas, 0, point, ink_of(target, 0.55f));
    if (view.source || !drawn)
      clouds.programs.draw_points(clouds.source, canvas, 0, point, ink_of(faint, 0.5f));
    if (!drawn) return;
    if (view.paths) clouds.programs.draw_paths(*flow, canvas, time, kTrail, ink_of(accent, 0.4f));
    clouds.programs.draw_points(*flow, canvas, time, point * 1.1f, ink_of(accent, 0.9f));
  });
  if (view.density) {
    draw_density(ctx, list, plane, *t.target, target);
    if (pane.picture) draw_density(ctx, list, plane, points_at(pane.picture->paths, time), accent);
  }
  if (pane.picture && view.tracers) draw_tracers(ctx, list, plane, pane.picture->field, time);
  draw_scale(ctx, list, place, look.zoom);
  if (pane.picture && view.probed) draw_probe(ctx, list, plane, *pane.picture, look);
  list.PopClipRect();
}

void draw_pane(UiContext& ctx, const PlanePane& pane, Box area, const char* id, bool corner) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const FlowLook look = present_look(ctx);
  const PaneBox place = place_pane(ctx, pane, area, look.zoom);
  const Box& box = place.box;
  if (box.width() < 20) return;
  if (corner) take_zoom_button(ctx, box);
  if (ctx.kept<Sketch>().on) {
    list.PushClipRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, true);
    draw_plane(ctx, list, box, place.plane);
    draw_scale(ctx, list, place, look.zoom);
    draw_drawing(ctx, list, place.plane, zoomable(ctx, box));
    list.PopClipRect();
  } else {
    take_pointer(ctx, id, place);
    paint_pane(ctx, list, pane, place, look);
  }
  if (corner) draw_zoom_button(ctx, box);
  if (ctx.kept<Sketch>().on || ctx.transport.picture || ctx.transport.active()) return;
  if (ctx.state.flow.results) return;  // what is said there is of the result
  say_above(ctx, box, "Press Train: grey learns its way to orange.");
}

}  // namespace phaseloom
