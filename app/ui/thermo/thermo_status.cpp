// SPDX-License-Identifier: MIT
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/status_line.hpp"

namespace phaseloom {

void draw_thermo_status(UiContext& ctx) {
  const ThermoRunSnapshot& run = ctx.held(ctx.session.part<ThermoPart>().run());
  const ThermoTrainingSnapshot& t = ctx.held(ctx.session.part<ThermoPart>().training());
  const Palette& c = ctx.colours;
  StatusLine line(ctx);
  using Run = ThermoRunSnapshot::State;
  switch (run.state) {
    case Run::idle:
    case Run::loading:
      line.condition(c.faint, "Reading the computer");
      break;
    case Run::recording:
      line.condition(c.accent, "Running");
      break;
    case Run::counting:
      line.condition(c.accent, "Counting heat");
      break;
    case Run::ready:
      line.condition(c.faint, "Run");
      break;
    case Run::failed:
      line.condition(c.error, "Failed");
      break;
  }
  line.number("samples", StatusLine::measured(double(run.counts.heat.size()), "{:.0f}"),
              "Samples whose heat is counted.");
  line.number("cycles/s", StatusLine::measured(t.cycles_per_second, "{:5.1f}"),
              "Cycles of the training per second.");
  line.times();
  line.seed(ctx.scene.thermo.run_seed);
  line.warning();
}

}  // namespace phaseloom
