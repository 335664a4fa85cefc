// SPDX-License-Identifier: MIT
// Source, target, and the points between them: one plane, or the compared models side by side.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/view_verbs.hpp"
#include "app/document/spoken_names.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/time_strip.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport_plane.hpp"

namespace phaseloom {
namespace {

/// How long the points have been at their end.
struct FlowHold {
  double seconds = 0;
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
    const bool drawing = ctx.kept<Sketch>().on;
    const bool there = name != "row" || (!ctx.transport.row.empty() && !flow.results);
    const bool on = shown(flow, part.name) && there;
    const float width =
        text_width(ctx.fonts.text, part.label) + 2 * ImGui::GetStyle().FramePadding.x;
    if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
    if (text_button(ctx, part.name, part.label, part.help,
                    {.enabled = there && !drawing, .chosen = on && !drawing}))
      ctx.session.post(verbs::flow_show, part.name, on ? "off" : "on");
    ImGui::SameLine(0, ctx.px(4));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // What the picture was made with; a row says that of each.
  const bool one = ctx.transport.picture && !(flow.row && !ctx.transport.row.empty());
  const TransportSnapshot& t = ctx.transport;
  const std::string title = one ? spoken_experiment(t.experiment, t.setup) : t.pair_title;
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

void say_distance(PlanePane& pane, double w2_squared, double floor) {
  pane.value = fmt::format("W₂² {}", number_text(w2_squared));
  pane.ratio = fmt::format("{:.2g} × noise", w2_squared / floor);
}

/// The row as far as it is trained; what is training just now at its end.
/// @param named also a single plane says what it shows: a picture leaves the window alone.
std::vector<PlanePane> panes_of(UiContext& ctx, const FlowLook& look, bool named) {
  const TransportSnapshot& t = look.points;
  std::vector<PlanePane> panes;
  if (look.view.row && (!t.row.empty() || t.comparing)) {
    for (const TransportResult& result : t.row) {
      panes.push_back({.title = title_of(result.setup), .picture = result.picture});
      say_distance(panes.back(), result.w2_squared, result.floor);
    }
    if (t.comparing && panes.size() < static_cast<std::size_t>(t.to_compare))
      panes.push_back({.title = title_of(t.setup),
                       .value = fmt::format("{} / {}", t.iteration, t.iterations),
                       .picture = t.picture});
    while (panes.size() < static_cast<std::size_t>(t.to_compare))
      panes.push_back({.title = "Waits its turn"});
  } else {
    panes.push_back({.picture = t.picture});
    if (named && t.picture) {
      panes[0].title = spoken_experiment(t.experiment, t.setup);
      if (std::isfinite(t.w2_squared)) say_distance(panes[0], t.w2_squared, t.floor);
    }
  }
  if (panes.size() > kMostPanes) panes.resize(kMostPanes);
  for (std::size_t i = 0; i < panes.size(); ++i) panes[i].flow = &ctx.kept<FlowClouds>().flows[i];
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
  ctx.kept<FlowClouds>().source.show(t.source, *t.source, static_cast<int>(t.source->size()));
  ctx.kept<FlowClouds>().target.show(t.target, *t.target, static_cast<int>(t.target->size()));
}

}  // namespace

void paint_flow(UiContext& ctx, ImDrawList& list, Box area, const FlowLook& look) {
  if (!look.points.source || !look.points.target) return;
  show_ends(ctx, look.points);
  std::vector<PlanePane> panes = panes_of(ctx, look, true);
  fit_captions(ctx, panes, area_of(ctx, area, 0, panes.size()).width());
  for (std::size_t i = 0; i < panes.size(); ++i) {
    const Box own = area_of(ctx, area, i, panes.size());
    paint_pane(ctx, list, panes[i], place_pane(ctx, panes[i], own, look.zoom), look);
  }
}

Extent flow_extent(UiContext& ctx, const FlowLook& look, int side) {
  std::vector<PlanePane> panes = panes_of(ctx, look, true);
  fit_captions(ctx, panes, static_cast<float>(side));
  const auto n = static_cast<float>(panes.size()), edge = static_cast<float>(side);
  const PaneBox place =
      panes.empty() ? PaneBox() : place_pane(ctx, panes[0], {{0, 0}, {edge, 2 * edge}}, look.zoom);
  const auto even = [](float length) { return (static_cast<int>(length) + 1) / 2 * 2; };  // films
  return {even(n * edge + (n - 1) * ctx.px(10)), even(edge + place.caption)};
}

ImU32 target_colour(const UiContext& ctx) {
  return ctx.state.theme == Theme::dark ? IM_COL32(236, 170, 84, 255) : IM_COL32(176, 104, 12, 255);
}

void draw_flow_beside(UiContext& ctx, Box area, std::string_view words) {
  const TransportSnapshot& t = ctx.transport;
  if (!t.source || !t.target) return;
  show_ends(ctx, t);
  const std::string size = t.setup.model == kMlp
                               ? std::string()
                               : fmt::format(", K = {}, H = {}", t.setup.chunks, t.setup.hidden);
  std::vector<PlanePane> panes{
      {.title = "Not trained yet", .picture = t.picture, .flow = &ctx.kept<FlowClouds>().flows[0]}};
  PlanePane& pane = panes.front();
  if (t.picture) {
    pane.title = title_of(t.setup) + size;
    if (t.active()) {
      pane.value = fmt::format("{} / {}", t.iteration, t.iterations);
    } else {
      say_distance(pane, t.w2_squared, t.floor);
    }
  }
  fit_captions(ctx, panes, area.width());
  draw_pane(ctx, pane, area, "result plane", true);
  const std::string said = words.empty() ? stale_flow(ctx) : std::string(words);
  if (said.empty()) return;
  const Box below = place_pane(ctx, pane, area, present_look(ctx).zoom).box;  // its title is read
  draw_stale(ctx, *ImGui::GetWindowDrawList(), below, said);
}

void advance_flow(UiContext& ctx) {
  FlowView& flow = ctx.state.flow;
  if (!flow.playing || ctx.state.workspace != Workspace::transport) return;
  play_on(ctx, flow.time, ctx.kept<FlowHold>().seconds, {kFlowSeconds, kFlowHold});
}

void draw_transport_stage(UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Box whole{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  draw_parts(ctx);
  const Box area{{corner.x, ImGui::GetCursorScreenPos().y + ctx.px(4)}, whole.max};
  if (ctx.state.flow.results && !ctx.kept<Sketch>().on) {
    draw_transport_results(ctx, area);
  } else if (t.source && t.target) {
    show_ends(ctx, t);
    // A target that is being drawn has the stage to itself.
    std::vector<PlanePane> panes =
        ctx.kept<Sketch>().on ? std::vector<PlanePane>(1) : panes_of(ctx, present_look(ctx), false);
    fit_captions(ctx, panes, area_of(ctx, area, 0, panes.size()).width());
    for (std::size_t k = 0; k < panes.size(); ++k)
      draw_pane(ctx, panes[k], area_of(ctx, area, k, panes.size()),
                k == 0   ? "plane"
                : k == 1 ? "plane 2"
                         : "plane 3",
                k + 1 == panes.size());
    if (const std::string words = stale_flow(ctx); !words.empty() && !ctx.kept<Sketch>().on)
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
