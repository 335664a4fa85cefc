// SPDX-License-Identifier: MIT
// The Thermo workspace as a value: its zones, what its keys mean, what it exports.

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <utility>

#include "app/commands/view_verbs.hpp"
#include "app/ui/thermo/drawing_pad.hpp"
#include "app/ui/thermo/heat_film.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr WorkspaceKey kKeys[] = {
    {"Space",
     [](UiContext& ctx) {
       ctx.session.post(ctx.state.thermo.playing ? verbs::heat_pause : verbs::heat_play);
     }},
    {"Right", [](UiContext& ctx) { step_heat(ctx, 1); }},
    {"Left", [](UiContext& ctx) { step_heat(ctx, -1); }},
    {"R", [](UiContext& ctx) { ctx.session.post(verbs::heat_time, 0.0); }},
    {"T", toggle_thermo_training},
};

/// Escape leaves the pad, or lets the unit go that is followed.
bool leave(UiContext& ctx) {
  if (std::exchange(ctx.kept<DrawingPad>().open, -1) >= 0) return true;
  if (ctx.state.thermo.picked < 0) return false;
  ctx.session.post(verbs::heat_unpick);
  return true;
}

/// A scene of Thermo is named after its computer.
std::string scene_name(const UiContext& ctx) {
  const std::string stem = std::filesystem::path(unescaped(ctx.scene.thermo.model)).stem().string();
  return stem.empty() ? "thermo" : stem;
}

const char* own_undo(const UiContext& ctx) {
  const DrawingPad& pad = ctx.kept<DrawingPad>();
  if (!pad.is_open()) return nullptr;
  return pad.draft().before.empty() ? "" : "the last stroke";
}

TabDot dot(const UiContext& ctx) {
  return dot_of(ctx.held(ctx.session.part<ThermoPart>().training()));
}

std::string caption(const UiContext& ctx) {
  const ThermoRunSnapshot& run = ctx.held(ctx.session.part<ThermoPart>().run());
  const std::string name = run.request.name.empty() ? "A thermodynamic computer" : run.request.name;
  if (run.counts.heat.empty()) return name + ": noise turns into pictures by its own heat";
  return fmt::format("{}: {} samples, {:.0f} {} of heat each, standard deviation {:.0f}", name,
                     run.counts.heat.size(), run.counts.summary.mean, run.unit(),
                     run.counts.summary.deviation);
}

}  // namespace

const WorkspaceView kThermoWorkspace{
    .workspace = Workspace::thermo,
    .label = "Thermo",
    .help = "A computer that is warm: its own heat turns noise into pictures.",
    .controls = {"thermo controls", draw_thermo_controls},
    .stage = {"thermo stage", draw_thermo_stage},
    .side = {"thermo plots", draw_thermo_plots},
    .below = {"thermo time", draw_thermo_time},
    .status = {"status", draw_thermo_status},
    .side_splitter = "plots",
    .side_size = &UiState::plots,
    .keys = kKeys,
    .each_frame = advance_heat,
    .end_frame = [](UiContext& ctx) { build_stage_picture(ctx, kHeatPainter); },
    .drawn = submit_stage_picture,
    .dot = dot,
    .caption = caption,
    .scene_name = scene_name,
    .export_pictures = draw_thermo_exports,
    .export_tables = draw_thermo_tables,
    .leave = leave,
    .own_undo = own_undo,
    .undo = take_back_pad_stroke};

}  // namespace phaseloom
