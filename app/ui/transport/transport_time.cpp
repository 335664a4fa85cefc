// SPDX-License-Identifier: MIT
// The training's buttons, and the time of the flow with the borders of its chunks.

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "app/commands/transport_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/toolkit/time_strip.hpp"
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

Playhead playhead(const UiContext& ctx) {
  return {verbs::flow_time, ctx.state.flow.time, ctx.state.flow.playing, 1.0 / 64};
}

/// From source to end, with the borders between chunks; the training's progress below it.
void draw_strip(UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  const int chunks = t.picture ? chunks_of(t.picture->model) : 1;
  std::vector<std::string> parts;
  for (int chunk = 1; chunk <= chunks; ++chunk) parts.push_back(fmt::format("chunk {}", chunk));
  if (chunks == 1) parts = {"source to target"};
  draw_time_strip(
      ctx,
      {.name = "flow time",
       .help =
           "Time of the points' way, from the source to the end. Drag. At the borders of chunks "
           "the parameters change.",
       .head = playhead(ctx),
       .parts = std::move(parts),
       .progress = t.active() && t.iterations > 0 ? double(t.iteration) / t.iterations : 0,
       .paused = t.state == State::paused});
}

}  // namespace

void step_flow(UiContext& ctx, int steps) { step_time(ctx, playhead(ctx), steps); }

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
