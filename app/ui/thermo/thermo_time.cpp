// SPDX-License-Identifier: MIT
// The buttons of clock and training, and the clock itself.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/commands/thermo_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/thermo/drawing_pad.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/models.hpp"
#include "app/ui/toolkit/time_strip.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

using State = ThermoTrainingSnapshot::State;

constexpr int kLast = ThermoRunSnapshot::kFrames - 1;
/// How long a run takes on the screen, and how long its end stays.
constexpr ClockPace kPace{kHeatSeconds, kHeatHold};

struct HeatHold {
  double seconds = 0;
};

/// How much of the run there is to show, as a share of its time.
double come_about(const ThermoRunSnapshot& run) {
  return run.frames.empty() ? 0 : double(run.frames.size() - 1) / double(kLast);
}

Playhead playhead(const UiContext& ctx) {
  return {verbs::heat_time, ctx.state.thermo.time, ctx.state.thermo.playing, 1.0 / kLast};
}

void draw_clock_buttons(UiContext& ctx) {
  const float size = ImGui::GetFrameHeight();
  const bool playing = ctx.state.thermo.playing;
  if (icon_button(ctx, "heat restart", Icon::restart, size, "Back to the noise.", "R"))
    ctx.session.post(verbs::heat_time, 0.0);
  ImGui::SameLine(0, ctx.px(4));
  if (icon_button(ctx, "heat play", playing ? Icon::pause : Icon::play, size,
                  playing ? "Stops the clock." : "Lets the clock run.", "Space", {.chosen = true}))
    ctx.session.post(playing ? verbs::heat_pause : verbs::heat_play);
}

void draw_training_buttons(UiContext& ctx, const ThermoTrainingSnapshot& t) {
  const float gap = ctx.px(6), width = ctx.px(86);
  if (t.state == State::paused) {
    if (text_button(ctx, "thermo resume", "Resume", "Lets the training go on.   T",
                    {.chosen = true}, width))
      ctx.session.post(verbs::thermo_resume);
  } else if (t.active()) {
    if (text_button(ctx, "thermo pause", "Pause", "Stops the training's time.   T", {}, width))
      ctx.session.post(verbs::thermo_pause);
  } else if (text_button(ctx, "thermo train", "Train",
                         "Trains a computer on the prototypes, as set on the left: about a minute "
                         "on two cores.   T",
                         {.chosen = true}, width)) {
    toggle_thermo_training(ctx);
  }
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "thermo stop", "Stop", "Ends the training; what it has learnt stays.",
                  {.enabled = t.active()}))
    ctx.session.post(verbs::thermo_stop);
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "thermo keep", "Keep", "Writes what it has learnt among your models.",
                  {.enabled = t.learner.network && t.network_cycle > 0})) {
    if (const auto file = free_model_file(ctx, "thermo", "thermo.keep FILE"))
      ctx.session.post(verbs::thermo_keep, *file);
  }
}

/// The run from noise to picture; the training's progress below it.
void draw_strip(UiContext& ctx, const ThermoRunSnapshot& run, const ThermoTrainingSnapshot& t) {
  const int cycles = t.experiment.cycles;
  draw_time_strip(
      ctx,
      {.name = "heat time",
       .help = "Time since the couplings were switched on: on the left thermal noise, on the right "
               "what it has become. The same clock runs through the noising. Drag.",
       .head = playhead(ctx),
       .parts = {"thermal noise"},
       .end = "picture",
       .there = come_about(run),
       .progress = t.active() && cycles > 0 ? double(t.cycle) / cycles : 0,
       .paused = t.state == State::paused});
}

}  // namespace

HeatMoment moment_of(const UiContext& ctx, const ThermoRunSnapshot& run) {
  return moment_at(ctx.state.thermo.time, run);
}

HeatMoment moment_at(double time, const ThermoRunSnapshot& run) {
  if (run.frames.empty()) return {};
  const double place = std::clamp(time, 0.0, 1.0) * kLast;
  const int last = static_cast<int>(run.frames.size()) - 1;
  const int frame = static_cast<int>(place);
  if (frame >= last) return {last, 0};
  return {frame, static_cast<float>(place - frame)};
}

void advance_heat(UiContext& ctx) {
  ThermoView& view = ctx.state.thermo;
  if (!view.playing || ctx.state.workspace != Workspace::thermo) return;
  play_on(ctx, view.time, ctx.kept<HeatHold>().seconds, kPace,
          come_about(ctx.held(ctx.session.part<ThermoPart>().run())));
}

void step_heat(UiContext& ctx, int moments) { step_time(ctx, playhead(ctx), moments); }

void toggle_thermo_training(UiContext& ctx) {
  const ThermoTrainingSnapshot& t = ctx.held(ctx.session.part<ThermoPart>().training());
  if (!t.active()) finish_pad(ctx);  // whoever trains with a drawing on the stage wants it learnt
  ctx.session.post(t.state == State::paused ? verbs::thermo_resume
                   : t.active()             ? verbs::thermo_pause
                                            : verbs::thermo_train);
}

void draw_thermo_time(UiContext& ctx) {
  const ThermoPart& part = ctx.session.part<ThermoPart>();
  const ThermoRunSnapshot& run = ctx.held(part.run());
  const ThermoTrainingSnapshot& t = ctx.held(part.training());
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  draw_clock_buttons(ctx);
  ImGui::SameLine(0, ctx.px(18));
  draw_training_buttons(ctx, t);
  ImGui::SameLine();
  const HeatMoment now = moment_of(ctx, run);
  const double time = now.frame < 0 ? 0 : run.frames[static_cast<std::size_t>(now.frame)]->time;
  std::vector<NamedNumber> parts{{"t", fmt::format("{:.2f}", time)}};
  if (t.state != State::idle)
    parts.push_back(
        {"cycle", fmt::format("{} / {}", grouped(t.cycle), grouped(t.experiment.cycles))});
  if (t.state == State::running && t.seconds_left > 0)
    parts.push_back({"left", duration_text(t.seconds_left)});
  draw_numbers_line(ctx, parts, corner, width, height, ImGui::GetCursorScreenPos().x - corner.x);
  ImGui::NewLine();
  draw_strip(ctx, run, t);
}

}  // namespace phaseloom
