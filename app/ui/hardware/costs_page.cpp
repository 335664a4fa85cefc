// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/hardware/costs.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/status_line.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

HeldCosts held_costs(const UiContext& ctx) {
  HeldCosts costs;
  for (std::size_t i = 0; i < costs.size(); ++i)
    costs[i] = present_cost(ctx, static_cast<ChunkHold>(i));
  return costs;
}

namespace {

void draw_costs_controls(UiContext& ctx) {
  draw_design(ctx);
  heading(ctx, "Analog core");
  draw_hold_row(ctx);
  draw_cost_choice(ctx);
  if (!ctx.now.model) return;
  const Cost cost = present_cost(ctx);
  const CostNetwork& network = ctx.now.network;
  heading(ctx, "What is counted");
  fact(ctx, "oscillators N", grouped(network.units), "Of all layers, and those of labels.");
  fact(ctx, "couplings E", grouped(static_cast<std::int64_t>(cost.couplings)),
       network.reciprocal ? "Reciprocal ones: a pair of oscillators shares one."
                          : "Directed ones that pruning leaves.");
  fact(ctx, "chunks K", grouped(network.chunks), "Sets of weights that take turns.");
  fact(ctx, "duration T", fmt::format("{:.4g}", network.duration),
       "Of a run, in the equations' time unit.");
  fact(ctx, "bits b", fmt::format("{}{}", cost.bits, cost.bits_assumed ? ", assumed" : ""),
       cost.bits_assumed ? "No analog cell holds float weights: they are counted as 8 bits."
                         : "Of a weight.");
  fact(ctx, "cell A_c", fmt::format("{} µm²", short_number(cost.cell_area)),
       "A0 + A1 g + b A_bit: area of a coupling with its weight.");
  fact(ctx, "cycles n", short_number(cost.cycles), "T η carrier cycles per image.");
}

void draw_costs_status(UiContext& ctx) {
  StatusLine line(ctx);
  const bool any = ctx.now.model != nullptr;
  line.condition(ctx.colours.faint, any ? "Priced" : "No network");
  if (any) {
    const Cost cost = present_cost(ctx);
    line.number("per image", si_text(cost.energy.total(), "J"),
                "Energy per image, chunks held as chosen.");
    line.number("mm²", short_number(cost.area), "Area, chunks held as chosen.");
    line.number("good to", "×÷ 3", "How far the model may be off, either way.");
  }
  line.times();
  line.seed(ctx.scene.seed);
  line.warning();
}

void draw_costs_tables(UiContext& ctx) {
  const Choice table[] = {{"CSV",
                           "Area, power, time and energy by cause and by each way to hold the "
                           "chunks, all constants, and what stands beside it.",
                           true}};
  if (!export_row(ctx, "What the design costs", table, ctx.now.model != nullptr)) return;
  if (may_export(ctx, "cost.export FILE"))
    ctx.session.post(verbs::cost_export, free_file("costs", ".csv"));
  ctx.transient.exporting = false;
}

}  // namespace

const HardwarePage kCostsPage{
    .label = "Costs",
    .help = "Area, power, time and energy of the design on the wall, with every constant.",
    .controls = draw_costs_controls,
    .stage = draw_costs_stage,
    .side = draw_constants,
    .below = draw_baselines,
    .status = draw_costs_status,
    .tables = draw_costs_tables,
    .toggle = nullptr};

}  // namespace phaseloom
