// Source, target, and the points between them: one plane, or the compared models side by side.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/session/spoken_names.hpp"
#include "app/ui/focus.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/panels.hpp"
#include "app/ui/stale.hpp"
#include "app/ui/transport.hpp"
#include "app/ui/view.hpp"
#include "app/ui/widgets.hpp"

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

FlowLook present_look(const UiContext& ctx) {
  return {ctx.transport, ctx.state.flow, ctx.state.flow.time};
}

/// What one plane shows.
struct PlanePane {
  std::string title, value;
  std::shared_ptr<const TransportPicture> picture;
  PointCloud* flow = nullptr;
};

std::string number_text(double value) {
  if (!std::isfinite(value)) return "–";
  return value < 1e-3 ? fmt::format("{:.1e}", value) : fmt::format("{:.4f}", value);
}

/// What is shown: a row of buttons that are on or off.
void draw_parts(UiContext& ctx) {
  struct Part {
    const char* name;
    const char* label;
    const char* help;
  };
  static constexpr Part kParts[] = {
      {"source", "Source", "Where the points begin."},
      {"target", "Target", "Where they are to go: points that the training has not seen."},
      {"paths", "Paths", "The ways that points have come, fading with age."},
      {"field", "Field",
       "dx/dt of the visible units at this time; hidden units are held at their mean."},
      {"tracers", "Tracers", "Motes that follow the field of this moment."},
      {"density", "Density", "Lines of equal density of the points, and of the target."},
      {"row", "Row", "The compared models side by side; Compare trains them."},
      {"results", "Results", "How well which model learns this pair: all of them, in numbers."}};
  FlowView& flow = ctx.state.flow;
  for (const Part& part : kParts) {
    const std::string_view name = part.name;
    const bool drawing = ctx.transient.sketch.on;
    const bool there = name == "results" ? true
                       : name == "row"   ? !ctx.transport.row.empty() && !flow.results
                                         : !flow.results;
    const bool on = shown(flow, part.name) && there;
    const float width =
        text_width(ctx.fonts.text, part.label) + 2 * ImGui::GetStyle().FramePadding.x;
    if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
    if (text_button(ctx, part.name, part.label, part.help,
                    {.enabled = there && !drawing, .chosen = on && !drawing}))
      ctx.session.post(Verb::flow_show, part.name, on ? "off" : "on");
    ImGui::SameLine(0, ctx.px(4));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // What the picture was made with; a row says that of each.
  const bool one = ctx.transport.picture && !(flow.row && !ctx.transport.row.empty());
  const std::string title =
      one ? spoken_experiment(ctx.transport.experiment) : ctx.transport.pair_title;
  const float room = ImGui::GetContentRegionAvail().x - ctx.px(12);
  if (room > ctx.px(60)) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const std::string cut = shortened(ctx.fonts.text, title, room);
    draw_text(list, ctx.fonts.text,
              {at.x + ctx.px(12) + room - text_width(ctx.fonts.text, cut),
               at.y + (ImGui::GetFrameHeight() - ctx.fonts.text->FontSize) / 2},
              ctx.colours.faint, cut);
  }
  ImGui::NewLine();
}

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

/// Where the square ends, on ground of its own: arrows and paths go past it.
void draw_scale(const UiContext& ctx, ImDrawList& list, const PlaneView& plane) {
  const Point low = plane.to_screen({-0.5f, -0.5f}), high = plane.to_screen({0.5f, 0.5f});
  ImFont* font = ctx.fonts.small;
  const float y = low.y + ctx.px(2);
  const auto name = [&](float x, const char* words) {
    const float width = text_width(font, words), pad = ctx.px(1);
    list.AddRectFilled({x - pad, y - pad}, {x + width + pad, y + font->FontSize + pad},
                       faded(plane_colour(ctx), 0.8f), ctx.px(2));
    draw_text(list, font, {x, y}, ctx.colours.faint, words);
  };
  name(low.x, "−0.5");
  name(high.x - text_width(font, "0.5"), "0.5");
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

void take_probe(UiContext& ctx, const char* id, Box box, const PlaneView& plane) {
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::InvisibleButton(id, {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  note_place(ctx, id);
  if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) {
    ctx.session.post(Verb::flow_unprobe);
  } else if (ImGui::IsItemActive() && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const Point p = plane.from_screen({mouse.x, mouse.y});
    const auto within = [](float x) {
      return std::clamp(double(x), -double(kSeen), double(kSeen));
    };
    const double x = within(p.x), y = within(p.y);
    const FlowView& now = ctx.state.flow;
    if (!now.probed || x != now.probe_x || y != now.probe_y)
      ctx.session.post(Verb::flow_probe, x, y);
  }
  if (focusable(ctx)) {
    constexpr double kStep = 0.02;
    const int right = strokes(ctx, "Right") - strokes(ctx, "Left");
    const int up = strokes(ctx, "Up") - strokes(ctx, "Down");
    const FlowView& now = ctx.state.flow;
    const auto moved = [](double at, int by) {
      return std::clamp(at + by * kStep, -double(kSeen), double(kSeen));
    };
    if (right != 0 || up != 0)
      ctx.session.post(Verb::flow_probe, moved(now.probe_x, right), moved(now.probe_y, up));
  }
  hint(ctx,
       "Drag, or arrows: a point of your own and the way that it is carried. Right click: away "
       "with it.");
}

/// The square of a plane in an area, below a title and a value.
struct PaneBox {
  Box box;
  PlaneView plane;
  float caption = 0;
};

PaneBox place_pane(const UiContext& ctx, const PlanePane& pane, Box area) {
  const float line = ctx.fonts.text->FontSize + ctx.px(3);
  PaneBox place;
  place.caption = pane.title.empty() ? 0 : 2 * line + ctx.px(5);
  const float side = std::floor(std::min(area.width(), area.height() - place.caption));
  const Point corner{
      std::floor((area.min.x + area.max.x - side) / 2),
      std::floor(area.min.y + place.caption + (area.height() - place.caption - side) / 2)};
  place.box = {corner, {corner.x + side, corner.y + side}};
  place.plane = {{corner.x + side / 2, corner.y + side / 2}, side / (2 * kSeen)};
  return place;
}

void paint_title(const UiContext& ctx, ImDrawList& list, const PlanePane& pane,
                 const PaneBox& place) {
  if (pane.title.empty()) return;
  const Box& box = place.box;
  const float line = ctx.fonts.text->FontSize + ctx.px(3);
  const float y = box.min.y - place.caption + ctx.px(2);
  draw_text(list, ctx.fonts.text, {box.min.x, y}, ctx.colours.text, pane.title, box.width());
  draw_text(list, ctx.fonts.caption, {box.min.x, y + line}, ctx.colours.faint, pane.value,
            box.width());
}

/// All that is seen of it.
void paint_pane(UiContext& ctx, ImDrawList& list, const PlanePane& pane, const PaneBox& place,
                const FlowLook& look) {
  const Box& box = place.box;
  const PlaneView& plane = place.plane;
  const TransportSnapshot& t = look.points;
  const FlowView view = look.view;
  const double time = look.time;
  draw_plane(ctx, list, box, plane);
  list.PushClipRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, true);
  if (pane.picture && view.field) draw_field(ctx, list, plane, pane.picture->field, time);
  FlowClouds& clouds = ctx.flow;
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
  draw_scale(ctx, list, plane);
  if (pane.picture && view.probed) draw_probe(ctx, list, plane, *pane.picture, look);
  list.PopClipRect();
}

void draw_pane(UiContext& ctx, const PlanePane& pane, Box area, const char* id) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const PaneBox place = place_pane(ctx, pane, area);
  const Box& box = place.box;
  if (box.width() < 20) return;
  paint_title(ctx, list, pane, place);
  if (ctx.transient.sketch.on)
    return draw_plane(ctx, list, box, place.plane), draw_scale(ctx, list, place.plane),
           draw_drawing(ctx, list, place.plane, box);
  take_probe(ctx, id, box, place.plane);
  paint_pane(ctx, list, pane, place, present_look(ctx));
  if (ctx.transport.picture || ctx.transport.active()) return;
  float y = box.min.y + ctx.px(10);
  centred(ctx, ctx.fonts.text, ctx.colours.faint,
          "Press Train: a model will learn to carry grey to orange.", box, y);
}

/// The row as far as it is trained; what is training just now at its end.
std::vector<PlanePane> panes_of(UiContext& ctx, const FlowLook& look) {
  const TransportSnapshot& t = look.points;
  std::vector<PlanePane> panes;
  if (look.view.row && (!t.row.empty() || t.comparing)) {
    for (const TransportResult& result : t.row)
      panes.push_back({title_of(result.setup),
                       fmt::format("W₂² {}, {:.2g} × noise", number_text(result.w2_squared),
                                   result.w2_squared / result.floor),
                       result.picture});
    if (t.comparing && panes.size() < static_cast<std::size_t>(t.to_compare))
      panes.push_back(
          {title_of(t.setup), fmt::format("{} / {}", t.iteration, t.iterations), t.picture});
    while (panes.size() < static_cast<std::size_t>(t.to_compare))
      panes.push_back({"…", "", nullptr});
  } else {
    panes.push_back({"", "", t.picture});
  }
  if (panes.size() > kMostPanes) panes.resize(kMostPanes);
  for (std::size_t i = 0; i < panes.size(); ++i) panes[i].flow = &ctx.flow.flows[i];
  return panes;
}

/// The area of the i-th of n panes beside each other.
Box area_of(const UiContext& ctx, Box area, std::size_t i, std::size_t n) {
  const float gap = ctx.px(10);
  const float width = (area.width() - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
  const float x = area.min.x + static_cast<float>(i) * (width + gap);
  return {{x, area.min.y}, {x + width, area.max.y}};
}

void show_ends(UiContext& ctx, const TransportSnapshot& t) {
  ctx.flow.source.show(t.source, *t.source, static_cast<int>(t.source->size()));
  ctx.flow.target.show(t.target, *t.target, static_cast<int>(t.target->size()));
}

}  // namespace

void paint_flow(UiContext& ctx, ImDrawList& list, Box area, const FlowLook& look) {
  if (!look.points.source || !look.points.target) return;
  show_ends(ctx, look.points);
  const std::vector<PlanePane> panes = panes_of(ctx, look);
  for (std::size_t i = 0; i < panes.size(); ++i) {
    const PaneBox place = place_pane(ctx, panes[i], area_of(ctx, area, i, panes.size()));
    paint_title(ctx, list, panes[i], place);
    paint_pane(ctx, list, panes[i], place, look);
  }
}

Extent flow_extent(UiContext& ctx, const FlowLook& look, int side) {
  const std::vector<PlanePane> panes = panes_of(ctx, look);
  const auto n = static_cast<float>(panes.size()), edge = static_cast<float>(side);
  const PaneBox place =
      panes.empty() ? PaneBox() : place_pane(ctx, panes[0], {{0, 0}, {edge, 2 * edge}});
  const auto even = [](float length) { return (static_cast<int>(length) + 1) / 2 * 2; };  // films
  return {even(n * edge + (n - 1) * ctx.px(10)), even(edge + place.caption)};
}

ImU32 target_colour(const UiContext& ctx) {
  return ctx.state.theme == Theme::dark ? IM_COL32(236, 170, 84, 255) : IM_COL32(176, 104, 12, 255);
}

void advance_flow(UiContext& ctx) {
  FlowView& flow = ctx.state.flow;
  if (!flow.playing || ctx.state.workspace != Workspace::transport) return;
  ctx.transient.moving = true;
  double& held = ctx.transient.flow_held;
  const double seconds = double(ctx.transient.frame_seconds);
  if (flow.time < 1) {
    flow.time = std::min(1.0, flow.time + seconds / kFlowSeconds);
    held = 0;
  } else if ((held += seconds) > kFlowHold) {
    flow.time = held = 0;
  }
}

void draw_transport_stage(UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Box whole{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  draw_parts(ctx);
  const Box area =
      draw_messages(ctx, {{corner.x, ImGui::GetCursorScreenPos().y + ctx.px(4)}, whole.max});
  if (ctx.state.flow.results && !ctx.transient.sketch.on) {
    draw_transport_results(ctx, area);
  } else if (t.source && t.target) {
    show_ends(ctx, t);
    // A target that is being drawn has the stage to itself.
    const std::vector<PlanePane> panes =
        ctx.transient.sketch.on ? std::vector<PlanePane>(1) : panes_of(ctx, present_look(ctx));
    for (std::size_t k = 0; k < panes.size(); ++k)
      draw_pane(ctx, panes[k], area_of(ctx, area, k, panes.size()),
                k == 0   ? "plane"
                : k == 1 ? "plane 2"
                         : "plane 3");
    if (const std::string words = stale_flow(ctx); !words.empty() && !ctx.transient.sketch.on)
      draw_stale(ctx, *ImGui::GetWindowDrawList(), area, words);
  } else {
    float y = (area.min.y + area.max.y) / 2 - ctx.px(30);
    centred(ctx, ctx.fonts.strong, ctx.colours.text,
            t.state == TransportSnapshot::State::failed ? "These points cannot be shown"
                                                        : "Points are on their way",
            area, y);
    y += ctx.px(6);
    if (!t.reason.empty()) centred(ctx, ctx.fonts.text, ctx.colours.warning, t.reason, area, y);
  }
}

}  // namespace phaseloom
