// SPDX-License-Identifier: MIT
// The buttons of clock and training, and the clock itself.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/thermo_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

using State = ThermoTrainingSnapshot::State;

constexpr int kLast = ThermoRunSnapshot::kFrames - 1;
/// How long a run takes on the screen, and how long its end stays.
constexpr double kSeconds = 5, kHold = 2;

struct HeatHold {
  double seconds = 0;
};

std::string free_model() {
  const auto folder = user_models_folder();
  std::error_code ignored;
  for (int k = 1;; ++k)
    if (const auto file = folder / fmt::format("thermo-{}.safetensors", k);
        !std::filesystem::exists(file, ignored))
      return escaped(file.string());
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
                  {.enabled = t.network && t.network_cycle > 0})) {
    if (ctx.transient.may_write)
      ctx.session.post(verbs::thermo_keep, free_model());
    else
      may_export(ctx, "thermo.keep FILE");
  }
}

/// The run from noise to picture; the training's progress below it.
void draw_strip(UiContext& ctx, const ThermoRunSnapshot& run, const ThermoTrainingSnapshot& t) {
  const Palette& c = ctx.colours;
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  if (room.y < ctx.px(16)) return;
  const float wing = ctx.px(6);
  const ImVec2 a{at.x + wing, at.y + wing}, b{at.x + room.x - wing, at.y + room.y - ctx.px(8)};
  const auto x_of = [&](double time) { return a.x + static_cast<float>(time) * (b.x - a.x); };
  ImGui::InvisibleButton("heat time", {std::max(room.x, 1.0f), std::max(room.y, 1.0f)});
  note_place(ctx, "heat time");
  hint(ctx,
       "Time since the couplings were switched on: on the left thermal noise, on the right what it "
       "has become. The same clock runs through the noising. Drag.");
  if (focusable(ctx)) {
    if (strokes(ctx, "Home")) ctx.session.post(verbs::heat_time, 0.0);
    if (strokes(ctx, "End")) ctx.session.post(verbs::heat_time, 1.0);
    step_heat(ctx, strokes(ctx, "Right") - strokes(ctx, "Left"));
  }
  if (ImGui::IsItemActive()) {
    const double time =
        std::clamp(double((ImGui::GetIO().MousePos.x - a.x) / std::max(1.0f, b.x - a.x)), 0.0, 1.0);
    if (time != ctx.state.thermo.time || ctx.state.thermo.playing)
      ctx.session.post(verbs::heat_time, time);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(a, b, c.raised);
  const double there =
      run.frames.empty() ? 0
                         : double(run.frames.size() - 1) / double(kLast);  // as far as it has come
  if (there < 1) list.AddRectFilled({x_of(there), a.y}, b, mixed(c.panel, c.raised, 0.5f));
  const double time = std::min(ctx.state.thermo.time, there);
  list.AddRectFilled(a, {x_of(time), b.y}, faded(c.accent_dim, 0.6f));
  draw_text(list, ctx.fonts.caption, {a.x + ctx.px(5), a.y + ctx.px(3)}, c.faint, "thermal noise");
  const char* const end = "picture";
  draw_text(list, ctx.fonts.caption,
            {b.x - ctx.px(5) - text_width(ctx.fonts.caption, end), a.y + ctx.px(3)}, c.faint, end);
  const float x = std::floor(x_of(time)) + 0.5f;
  list.AddLine({x, a.y - wing}, {x, b.y + ctx.px(3)}, c.accent, std::max(1.0f, ctx.px(2)));
  list.AddTriangleFilled({x - wing, a.y - wing}, {x + wing, a.y - wing}, {x, a.y + ctx.px(2)},
                         c.accent);
  if (t.active() && t.experiment.cycles > 0)
    list.AddRectFilled({a.x, b.y + ctx.px(4)},
                       {x_of(double(t.cycle) / t.experiment.cycles), b.y + ctx.px(7)},
                       t.state == State::paused ? c.warning : c.accent);
}

}  // namespace

HeatMoment moment_of(const UiContext& ctx, const ThermoRunSnapshot& run) {
  if (run.frames.empty()) return {};
  const double place = std::clamp(ctx.state.thermo.time, 0.0, 1.0) * kLast;
  const int last = static_cast<int>(run.frames.size()) - 1;
  const int frame = static_cast<int>(place);
  if (frame >= last) return {last, 0};
  return {frame, static_cast<float>(place - frame)};
}

void advance_heat(UiContext& ctx) {
  ThermoView& view = ctx.state.thermo;
  if (!view.playing || ctx.state.workspace != Workspace::thermo) return;
  ctx.transient.moving = true;
  double& held = ctx.kept<HeatHold>().seconds;
  const double seconds = double(ctx.transient.frame_seconds);
  if (view.time < 1) {
    // Time cannot be shown before it has come about.
    const auto& run = *ctx.session.part<ThermoPart>().run();
    const double there = run.frames.empty() ? 0 : double(run.frames.size() - 1) / kLast;
    view.time = std::min({1.0, view.time + seconds / kSeconds, std::max(there, view.time)});
    held = 0;
  } else if ((held += seconds) > kHold) {
    view.time = held = 0;
  }
}

void step_heat(UiContext& ctx, int moments) {
  if (moments == 0) return;
  ctx.session.post(verbs::heat_time,
                   std::clamp(ctx.state.thermo.time + double(moments) / kLast, 0.0, 1.0));
}

void toggle_thermo_training(UiContext& ctx) {
  const ThermoTrainingSnapshot& t = *ctx.session.part<ThermoPart>().training();
  ctx.session.post(t.state == State::paused ? verbs::thermo_resume
                   : t.active()             ? verbs::thermo_pause
                                            : verbs::thermo_train);
}

void draw_thermo_time(UiContext& ctx) {
  const ThermoPart& part = ctx.session.part<ThermoPart>();
  const ThermoRunSnapshot& run = *part.run();
  const ThermoTrainingSnapshot& t = *part.training();
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
