// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/cost_rows.hpp"

#include "app/session/cost_table.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_cost_choice(UiContext& ctx) {
  const char* const presets[] = {"65 nm", "28 nm", "28 nm, as made"};
  choice_row(ctx, {"cost.preset", nullptr, "A_osc, A_c, e_osc, e_u, c_w"}, presets);
  const char* const cells[] = {"unit-weighted", "C-2C ladder"};
  choice_row(ctx, {"cost.cell", "Cell", "g(b) = 2^(b−1) − 1, or 3 b"}, cells);
  slider_row(ctx, {"cost.eta", nullptr, "n = T η carrier cycles per image"},
             {1, 1000, 1, 3, "η = %.4g"});
  const Unavailable dimmed(
      ctx, ctx.scene.cost.hold == ChunkHold::save_and_reprogram ? "" : "nothing is written anew");
  slider_row(ctx, {"cost.batch", nullptr, "E_prog / B"}, {1, 10'000, 1, 4, "B = %.0f"});
}

void draw_hold_row(UiContext& ctx) {
  choice_row(ctx, {"cost.hold", "Chunks", "E = E_dyn + K E_prog / B + …, or what replaces it"},
             kHoldLabels);
}

Cost present_cost(const UiContext& ctx) { return wall_cost(ctx.now.network, ctx.scene); }

Cost present_cost(const UiContext& ctx, ChunkHold hold) {
  return wall_cost(ctx.now.network, ctx.scene, hold);
}

}  // namespace phaseloom
