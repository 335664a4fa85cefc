// SPDX-License-Identifier: MIT
// What Thermo adds to the export window.

#include "app/commands/thermo_verbs.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"

namespace phaseloom {

void draw_thermo_exports(UiContext& ctx) {
  const ThermoRunSnapshot& run = *ctx.session.part<ThermoPart>().run();
  const Choice array[] = {
      {"NPY", "States of all units at each moment that is shown: [moment][sample][unit].", true}};
  if (export_row(ctx, "The run that is shown", array,
                 run.frames.size() == ThermoRunSnapshot::kFrames)) {
    if (may_export(ctx, "thermo.states FILE"))
      ctx.session.post(verbs::thermo_states, free_file("thermo-run", ".npy"));
    ctx.transient.exporting = false;
  }
}

void draw_thermo_tables(UiContext& ctx) {
  const ThermoRunSnapshot& run = *ctx.session.part<ThermoPart>().run();
  const Choice table[] = {{"CSV", "Heat of every sample that was counted, in kT.", true}};
  if (export_row(ctx, "Heat of the samples", table, !run.heat.empty())) {
    if (may_export(ctx, "thermo.export FILE"))
      ctx.session.post(verbs::thermo_export, free_file("thermo-heat", ".csv"));
    ctx.transient.exporting = false;
  }
}

}  // namespace phaseloom
