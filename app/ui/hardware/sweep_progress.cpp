// SPDX-License-Identifier: MIT
// Buttons of a sweep and how far it is; its status line and its tables.

#include <fmt/format.h>

#include <vector>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/session/sweep_part.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/job_strip.hpp"
#include "app/ui/hardware/sweep.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/status_line.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

const SweepSnapshot& sweep_of(UiContext& ctx) {
  return ctx.held(ctx.session.part<SweepPart>().latest());
}

bool finished(const SweepSnapshot& sweep) { return sweep.total > 0 && sweep.done == sweep.total; }

void draw_buttons(UiContext& ctx, const SweepSnapshot& sweep) {
  const float gap = ctx.px(6), width = ctx.px(96);
  const bool open = !sweep.folder.empty();
  if (sweep.running && sweep.paused) {
    if (text_button(ctx, "resume sweep", "Resume", "Lets the work go on.   Space", {.chosen = true},
                    width))
      ctx.session.post(verbs::sweep_resume);
  } else if (sweep.running) {
    if (text_button(ctx, "pause sweep", "Pause",
                    "Stops the work's time; everything stays as it is.   Space", {}, width))
      ctx.session.post(verbs::sweep_pause);
  } else {
    const bool whole = !open || finished(sweep);
    if (text_button(ctx, "go on sweep", "Go on",
                    !open   ? "No sweep is open that could be gone on with."
                    : whole ? "All its cells are finished."
                            : "Works on the cells that are missing.   Space",
                    {.enabled = !whole, .chosen = !whole}, width))
      ctx.session.post(verbs::sweep_go_on);
  }
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "stop sweep", "Stop",
                  "Ends the work; what is finished stays, and it can be gone on with.",
                  {.enabled = sweep.running}))
    ctx.session.post(verbs::sweep_stop);
  ImGui::SameLine(0, ctx.px(18));
  if (text_button(ctx, "start sweep", open ? "Start anew" : "Start",
                  "Works on a sweep as set on the left, in a new folder among your files.",
                  {.enabled = !sweep.running, .chosen = !open && !sweep.running}))
    start_sweep(ctx);
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "close sweep", "Close", "Shows this sweep no longer; its folder stays.",
                  {.enabled = open && !sweep.running}))
    ctx.session.post(verbs::sweep_close);
}

void draw_numbers(UiContext& ctx, const SweepSnapshot& sweep, ImVec2 corner, float width,
                  float height, float taken) {
  std::vector<NamedNumber> parts;
  if (sweep.running || sweep.seconds_left > 0)
    parts.push_back({"left", sweep.seconds_left > 0 ? duration_text(sweep.seconds_left) : "–"});
  if (sweep.total > 0) parts.push_back({"cells", fmt::format("{} of {}", sweep.done, sweep.total)});
  if (sweep.per_hour > 0) parts.push_back({"cells/h", pace_text(sweep.per_hour)});
  if (sweep.failed > 0) parts.push_back({"failed", fmt::format("{}", sweep.failed)});
  draw_numbers_line(ctx, parts, corner, width, height, taken);
}

}  // namespace

void start_sweep(UiContext& ctx) {
  if (may_export(ctx, "sweep.start FOLDER"))
    ctx.session.post(verbs::sweep_start, free_file("sweep", ""));
}

void toggle_sweep(UiContext& ctx) {
  const SweepSnapshot& sweep = sweep_of(ctx);
  if (sweep.running)
    return ctx.session.post(sweep.paused ? verbs::sweep_resume : verbs::sweep_pause);
  if (!sweep.folder.empty() && !finished(sweep)) return ctx.session.post(verbs::sweep_go_on);
  start_sweep(ctx);
}

void draw_sweep_progress(UiContext& ctx) {
  const SweepSnapshot& sweep = sweep_of(ctx);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  draw_buttons(ctx, sweep);
  ImGui::SameLine();
  const float taken = ImGui::GetCursorScreenPos().x - corner.x;
  draw_numbers(ctx, sweep, corner, width, height, taken);
  ImGui::NewLine();
  JobStrip strip;
  strip.running = sweep.running;
  strip.paused = sweep.paused;
  strip.failed = !sweep.problem.empty();
  strip.help =
      "How many cells are finished. Each is kept in the sweep's folder as soon as it is "
      "done; the window may be closed at any time.";
  if (sweep.total > 0)
    strip.progress = (sweep.done + (sweep.running ? sweep.fraction : 0)) / sweep.total;
  if (sweep.folder.empty()) {
    strip.words = sweep.running ? "Preparing …" : "No sweep is open";
  } else {
    strip.words = legible(sweep.folder.string());
    if (sweep.preparing)
      strip.words = "Reading the pictures that judge …";
    else if (sweep.running && !sweep.doing.empty())
      strip.words = fmt::format("{:.0f} % of {}", 100 * sweep.fraction, legible(sweep.doing));
    else if (finished(sweep))
      strip.words = "Finished: " + strip.words;
  }
  draw_job_strip(ctx, strip);
}

void draw_sweep_status(UiContext& ctx) {
  const SweepSnapshot& sweep = sweep_of(ctx);
  const Palette& c = ctx.colours;
  StatusLine line(ctx);
  if (sweep.running)
    line.condition(sweep.paused ? c.warning : c.accent, sweep.paused      ? "Sweep paused"
                                                        : sweep.preparing ? "Preparing"
                                                                          : "Sweeping");
  else if (!sweep.problem.empty())
    line.condition(c.error, "Sweep failed");
  else
    line.condition(c.faint, sweep.folder.empty() ? "Nothing to do"
                            : finished(sweep)    ? "Sweep finished"
                                                 : "Sweep unfinished");
  line.number("cells", sweep.total > 0 ? fmt::format("{} of {}", sweep.done, sweep.total) : "–",
              "That are finished.");
  line.times();
  line.seed(ctx.scene.seed);
  line.warning();
}

void draw_sweep_tables(UiContext& ctx) {
  const bool any = sweep_of(ctx).total > 0;
  const Choice files[] = {
      {"CSV", "All cells that are finished, as a table.", true},
      {"Map SVG", "Quality over bits and density, a panel for each slice.", true},
      {"Front SVG", "Energy against quality.", true}};
  const char* const what = export_row(ctx, "The sweep", files, any);
  if (!what) return;
  if (may_export(ctx, "sweep.export FILE"))
    ctx.session.post(verbs::sweep_export, *what == 'C'   ? free_file("sweep-table", ".csv")
                                          : *what == 'M' ? free_file("sweep-map", ".svg")
                                                         : free_file("sweep-pareto", ".svg"));
  ctx.transient.exporting = false;
}

}  // namespace phaseloom
