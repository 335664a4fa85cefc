// SPDX-License-Identifier: MIT
#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/status_line.hpp"

namespace phaseloom {

void draw_learn_status(UiContext& ctx) {
  if (shows_field(ctx)) return draw_field_status(ctx);
  const PlaygroundSnapshot& now = playground_of(ctx);
  StatusLine line(ctx);
  if (!now.there())
    line.condition(ctx.colours.faint, "Laying out");
  else if (ctx.session.part<PlaygroundPart>().playing())
    line.condition(ctx.colours.accent, "Running");
  else
    line.condition(ctx.colours.faint, "Paused");
  if (now.there()) {
    const int units = now.network->count();
    const std::size_t couplings = now.network->couplings.size();
    line.number(units == 1 ? "unit" : "units", std::to_string(units), "Units on the canvas.");
    line.number(couplings == 1 ? "coupling" : "couplings", std::to_string(couplings),
                "Couplings between them; each works both ways.");
    line.number("step", std::to_string(now.now().step), "Integrator steps since the start.");
  }
  line.times();
  line.seed(ctx.scene.playground.seed);
  line.warning();
}

}  // namespace phaseloom
