// SPDX-License-Identifier: MIT
// What kind of analog core the network is priced as; its constants are in the Hardware workspace.

#include <fmt/format.h>

#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_cost_model(UiContext& ctx) {
  if (!section(ctx, Section::cost, "Cost model", 1010)) return;
  draw_cost_choice(ctx);
  if (const std::string own = own_constants(ctx.scene.cost); !own.empty())
    fact(ctx, "own constants", own, "Constants of the cost model that are set in Hardware.");
}

}  // namespace phaseloom
