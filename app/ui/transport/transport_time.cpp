// SPDX-License-Identifier: MIT
// The training's buttons, and the time of the flow with the borders of its chunks.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/transport_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {
namespace {

using State = TransportSnapshot::State;

void draw_buttons(UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  const float gap = ctx.px(6), width = ctx.px(86);
  const FlowView& flow = ctx.state.flow;
  const float size = ImGui::GetFrameHeight();
  if (icon_button(ctx, "flow restart", Icon::restart, size, "Back to the source.", "R"))
    ctx.session.post(verbs::flow_time, 0.0);
  ImGui::SameLine(0, ctx.px(4));
  if (icon_button(ctx, "flow play", flow.playing ? Icon::pause : Icon::play, size,
                  flow.playing ? "Stops the points." : "Lets the points travel.", "Space",
                  {.chosen = true}))
    ctx.session.post(flow.playing ? verbs::flow_pause : verbs::flow_play);
  ImGui::SameLine(0, ctx.px(18));
  const bool trains = t.active() && !t.at_end();
  if (t.state == State::paused) {
    if (text_button(ctx, "transport resume", "Resume", "Lets the training go on.   T",
                    {.chosen = true}, width))
      ctx.session.post(verbs::transport_resume);
  } else if (trains) {
    if (text_button(ctx, "transport pause", "Pause", "Stops the training's time.   T", {}, width))
      ctx.session.post(verbs::transport_pause);
  } else if (text_button(ctx, "transport train", "Train",
                         "Trains the model as set on the left to carry the source to the target.   "
                         "T",
                         {.chosen = true}, width)) {
    toggle_transport_training(ctx);
  }
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "transport stop", "Stop", "Ends the training; the model stays as it is.",
                  {.enabled = trains}))
    ctx.session.post(verbs::transport_stop);
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "compare models", "Compare",
                  "Trains three in a row and shows them side by side: the neural network with "
                  "OT-CFM, this physics with OT-CFM, this physics with SWD.",
                  {.enabled = !trains})) {
    finish_sketch(ctx);
    ctx.session.post(verbs::transport_row);
    ctx.session.post(verbs::flow_show, "row", "on");
  }
}

/// From source to end, with the borders between chunks; the training's progress below it.
void draw_strip(UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  const Palette& c = ctx.colours;
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  if (room.y < ctx.px(16)) return;
  const float wing = ctx.px(6);
  const ImVec2 a{at.x + wing, at.y + wing}, b{at.x + room.x - wing, at.y + room.y - ctx.px(8)};
  const auto x_of = [&](double time) { return a.x + static_cast<float>(time) * (b.x - a.x); };
  ImGui::InvisibleButton("flow time", {std::max(room.x, 1.0f), std::max(room.y, 1.0f)});
  note_place(ctx, "flow time");
  hint(ctx,
       "Time of the points' way, from the source to the end. Drag. At the borders of chunks the "
       "parameters change.");
  if (focusable(ctx)) {
    if (strokes(ctx, "Home")) ctx.session.post(verbs::flow_time, 0.0);
    if (strokes(ctx, "End")) ctx.session.post(verbs::flow_time, 1.0);
    step_flow(ctx, strokes(ctx, "Right") - strokes(ctx, "Left"));
  }
  if (ImGui::IsItemActive()) {
    const double time =
        std::clamp(double((ImGui::GetIO().MousePos.x - a.x) / std::max(1.0f, b.x - a.x)), 0.0, 1.0);
    if (time != ctx.state.flow.time || ctx.state.flow.playing)
      ctx.session.post(verbs::flow_time, time);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const int chunks = t.picture ? chunks_of(t.picture->model) : 1;
  const double time = ctx.state.flow.time;
  for (int chunk = 0; chunk < chunks; ++chunk) {
    const float x0 = std::floor(x_of(double(chunk) / chunks));
    const float x1 = std::floor(x_of(double(chunk + 1) / chunks));
    list.AddRectFilled({x0, a.y}, {x1, b.y},
                       chunk % 2 ? mixed(c.panel, c.raised, 0.55f) : c.raised);
    const float played = std::min(x_of(time), x1);
    if (played > x0) list.AddRectFilled({x0, a.y}, {played, b.y}, faded(c.accent_dim, 0.6f));
    const std::string label =
        chunks == 1 ? std::string("source to target") : fmt::format("chunk {}", chunk + 1);
    if (text_width(ctx.fonts.caption, label) + ctx.px(10) < x1 - x0)
      draw_text(list, ctx.fonts.caption, {x0 + ctx.px(5), a.y + ctx.px(3)}, c.faint, label);
    if (chunk > 0)
      list.AddLine({x0 + 0.5f, a.y}, {x0 + 0.5f, b.y}, c.faint, std::max(1.0f, ctx.px(1)));
  }
  const float x = std::floor(x_of(time)) + 0.5f;
  list.AddLine({x, a.y - wing}, {x, b.y + ctx.px(3)}, c.accent, std::max(1.0f, ctx.px(2)));
  list.AddTriangleFilled({x - wing, a.y - wing}, {x + wing, a.y - wing}, {x, a.y + ctx.px(2)},
                         c.accent);
  if (t.active() && t.iterations > 0)
    list.AddRectFilled({a.x, b.y + ctx.px(4)},
                       {x_of(double(t.iteration) / t.iterations), b.y + ctx.px(7)},
                       t.state == State::paused ? c.warning : c.accent);
}

}  // namespace

void step_flow(UiContext& ctx, int steps) {
  constexpr double kStep = 1.0 / 64;
  if (steps != 0)
    ctx.session.post(verbs::flow_time, std::clamp(ctx.state.flow.time + steps * kStep, 0.0, 1.0));
}

void toggle_transport_training(UiContext& ctx) {
  finish_sketch(ctx);  // whoever presses Train with a drawing on the stage wants to train on it
  const TransportSnapshot& t = ctx.transport;
  ctx.session.post(t.state == State::paused    ? verbs::transport_resume
                   : t.active() && !t.at_end() ? verbs::transport_pause
                                               : verbs::transport_start);
}

void draw_transport_time(UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  draw_buttons(ctx);
  ImGui::SameLine();
  std::vector<NamedNumber> parts{{"t", fmt::format("{:.2f}", ctx.state.flow.time)}};
  if (t.iterations > 0)
    parts.push_back(
        {"iteration", fmt::format("{} / {}", grouped(t.iteration), grouped(t.iterations))});
  draw_numbers_line(ctx, parts, corner, width, height, ImGui::GetCursorScreenPos().x - corner.x);
  ImGui::NewLine();
  draw_strip(ctx);
}

}  // namespace phaseloom
