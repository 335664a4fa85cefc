// SPDX-License-Identifier: MIT
// Buttons of a production of chips and how far it is; its status line and its table.

#include <fmt/format.h>

#include <vector>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/hardware/chips.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/job_strip.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/status_line.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void toggle_chips(UiContext& ctx) {
  const ChipsSnapshot& chips = chips_of(ctx);
  ctx.session.post(!chips.running ? verbs::chips_start
                   : chips.paused ? verbs::chips_resume
                                  : verbs::chips_pause);
}

void draw_chips_progress(UiContext& ctx) {
  const ChipsSnapshot& chips = chips_of(ctx);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float whole = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const float width = ctx.px(96);
  if (!chips.running) {
    if (text_button(ctx, "start chips", "Build",
                    "Builds and judges devices of the design on the wall, as set on the left.   "
                    "Space",
                    {.enabled = ctx.now.model != nullptr, .chosen = true}, width))
      ctx.session.post(verbs::chips_start);
  } else if (chips.paused) {
    if (text_button(ctx, "resume chips", "Resume", "Lets the work go on.   Space", {.chosen = true},
                    width))
      ctx.session.post(verbs::chips_resume);
  } else if (text_button(ctx, "pause chips", "Pause",
                         "Stops the work's time; everything stays as it is.   Space", {}, width)) {
    ctx.session.post(verbs::chips_pause);
  }
  ImGui::SameLine(0, ctx.px(6));
  if (text_button(ctx, "stop chips", "Stop", "Ends the work; devices that are judged stay.",
                  {.enabled = chips.running}))
    ctx.session.post(verbs::chips_stop);
  ImGui::SameLine();
  const float taken = ImGui::GetCursorScreenPos().x - corner.x;
  std::vector<NamedNumber> parts;
  if (chips.running)
    parts.push_back({"left", chips.seconds_left > 0 ? duration_text(chips.seconds_left) : "–"});
  if (chips.total > 0)
    parts.push_back({"devices", fmt::format("{} of {}", chips.done, chips.total)});
  draw_numbers_line(ctx, parts, corner, whole, height, taken);
  ImGui::NewLine();
  JobStrip strip;
  strip.running = chips.running;
  strip.paused = chips.paused;
  strip.failed = !chips.problem.empty();
  strip.help = "How many devices of all mismatches are judged.";
  if (chips.total > 0) strip.progress = double(chips.done) / chips.total;
  strip.words = chips.preparing          ? "Reading the pictures that judge …"
                : !chips.problem.empty() ? chips.problem
                : chips.total == 0       ? std::string("No chip has been built yet")
                : chips.done == chips.total
                    ? fmt::format("All {} are judged", counted(chips.total, "device"))
                    : fmt::format("{} of {} judged", chips.done, counted(chips.total, "device"));
  draw_job_strip(ctx, strip);
}

void draw_chips_status(UiContext& ctx) {
  const ChipsSnapshot& chips = chips_of(ctx);
  const Palette& c = ctx.colours;
  StatusLine line(ctx);
  if (chips.running)
    line.condition(chips.paused ? c.warning : c.accent, chips.paused      ? "Paused"
                                                        : chips.preparing ? "Preparing"
                                                                          : "Judging devices");
  else if (!chips.problem.empty())
    line.condition(c.error, "Failed");
  else
    line.condition(c.faint, chips.total == 0 ? "Nothing to do" : "Devices judged");
  line.number("devices", chips.total > 0 ? fmt::format("{} of {}", chips.done, chips.total) : "–",
              "Of all mismatches, that are judged.");
  line.times();
  line.seed(ctx.scene.seed);
  line.warning();
}

void draw_chips_tables(UiContext& ctx) {
  const Choice table[] = {{"CSV", "Quality of each device that is judged.", true}};
  if (!export_row(ctx, "The devices", table, chips_of(ctx).done > 0)) return;
  if (may_export(ctx, "chips.export FILE"))
    ctx.session.post(verbs::chips_export, free_file("chips", ".csv"));
  ctx.transient.exporting = false;
}

const HardwarePage kChipsPage{
    .label = "Chips",
    .help = "No two chips are alike: how many devices of the design are good enough.",
    .controls = draw_chips_controls,
    .stage = draw_chips_stage,
    .side = draw_chips_side,
    .below = draw_chips_progress,
    .status = draw_chips_status,
    .tables = draw_chips_tables,
    .toggle = toggle_chips};

}  // namespace phaseloom
