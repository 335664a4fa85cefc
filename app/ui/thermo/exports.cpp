// SPDX-License-Identifier: MIT
// What Thermo adds to the export window.

#include "app/commands/thermo_verbs.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/focus.hpp"

namespace phaseloom {
namespace {

/// Rows of what the stage shows, once there is a whole run.
void draw_stage_rows(UiContext& ctx, bool whole) {
  const Choice picture[] = {
      {"PNG", "The stage as it is now, without its controls, and what it was made with.", true}};
  if (export_row(ctx, "Picture of the stage", picture, whole)) {
    if (may_export(ctx, "thermo.picture FILE"))
      ctx.session.post(verbs::thermo_picture, free_file("thermo", ".png"));
    ctx.transient.exporting = false;
  }
  const bool writing = writes_film(ctx);
  const Choice film[] = {
      {"MP4", "A film from noise to pictures, and the heat that it gives off. Needs ffmpeg.",
       !writing},
      {"PNG row", "Pictures from noise to the end, in a folder of their own.", !writing}};
  const char* const what = export_row(ctx, "From noise to pictures", film, whole);
  if (!what) return;
  constexpr const char* kStem = "thermo-film";
  if (may_export(ctx, "thermo.film FILE"))
    ctx.session.post(verbs::thermo_film, *what == 'M' ? free_file(kStem, ".mp4")
                                                      : free_file(kStem, "") + "/picture-##.png");
  focus_on_dialog(ctx);  // on the button below that cancels it
}

}  // namespace

void draw_thermo_exports(UiContext& ctx) {
  const ThermoRunSnapshot& run = ctx.held(ctx.session.part<ThermoPart>().run());
  const bool whole = run.frames.size() == ThermoRunSnapshot::kFrames;
  draw_stage_rows(ctx, whole);
  const Choice array[] = {
      {"NPY", "States of all units at each moment that is shown: [moment][sample][unit].", true}};
  if (export_row(ctx, "The run that is shown", array, whole)) {
    if (may_export(ctx, "thermo.states FILE"))
      ctx.session.post(verbs::thermo_states, free_file("thermo-run", ".npy"));
    ctx.transient.exporting = false;
  }
}

void draw_thermo_tables(UiContext& ctx) {
  const ThermoRunSnapshot& run = ctx.held(ctx.session.part<ThermoPart>().run());
  const Choice table[] = {{"CSV", "Heat of every sample that was counted, in its unit.", true}};
  if (export_row(ctx, "Heat of the samples", table, !run.counts.heat.empty())) {
    if (may_export(ctx, "thermo.export FILE"))
      ctx.session.post(verbs::thermo_export, free_file("thermo-heat", ".csv"));
    ctx.transient.exporting = false;
  }
}

}  // namespace phaseloom
