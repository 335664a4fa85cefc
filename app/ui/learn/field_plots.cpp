// SPDX-License-Identifier: MIT
// How many vortices there are, and how much in step the field is.

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "app/ui/learn/field_view.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

double end_of(const FieldSnapshot& now) {
  return std::max(now.times.back(), now.times.front() + 1);
}

void draw_defects(UiContext& ctx, const FieldSnapshot& now, float height) {
  const double top = std::max(4.0, *std::ranges::max_element(now.defect_counts) * 1.1);
  const Plot plot(ctx, "defects", height, {now.times.front(), end_of(now), "t", {}, {}},
                  {0, top, "defects", {}, {}});
  plot.line(now.times, now.defect_counts, ctx.colours.accent);
  const PlotColumn columns[] = {{"t", now.times}, {"defects", now.defect_counts}};
  offer_plot(ctx, "field_defects", "Vortices over time", columns);
  hint(ctx,
       "Places around which the phase turns once. On a torus there are as many of either kind; a "
       "vortex and an antivortex that meet end each other.");
}

void draw_order(UiContext& ctx, const FieldSnapshot& now, float height) {
  const Plot plot(ctx, "field order", height, {now.times.front(), end_of(now), "t", {}, {}},
                  {0, 1, "r", {}, {}});
  plot.line(now.times, now.orders, ctx.colours.accent);
  const PlotColumn columns[] = {{"t", now.times}, {"r", now.orders}};
  offer_plot(ctx, "field_order", "How much the field is in step", columns);
  hint(ctx, "Order parameter r = |mean of e^{iθ}| over all places.");
}

}  // namespace

void draw_field_plots(UiContext& ctx) {
  const FieldSnapshot& now = field_of(ctx);
  heading(ctx, "A field");
  if (!now.phases) return;
  fact(ctx, "vortices", std::to_string(now.defects.positive), "Around them the phase grows by 2π.");
  fact(ctx, "antivortices", std::to_string(now.defects.negative), "Around them it falls by 2π.");
  fact(ctx, "sum of charges", std::to_string(now.defects.positive - now.defects.negative),
       "Always 0: a torus has no edge through which one could leave alone.");
  const float height = std::max(ctx.px(100), ImGui::GetContentRegionAvail().y * 0.5F - ctx.px(30));
  heading(ctx, "Defects");
  draw_defects(ctx, now, height);
  heading(ctx, "In step");
  draw_order(ctx, now,
             std::max(ctx.px(90), std::min(height, ImGui::GetContentRegionAvail().y - ctx.px(4))));
}

std::string field_caption(const UiContext& ctx) {
  const FieldSnapshot& now = field_of(ctx);
  if (!now.phases) return "A field";
  const int all = now.defects.positive + now.defects.negative;
  return fmt::format("A field of {} x {} oscillators: {} vortices, r = {:.2f}",
                     ctx.scene.field.settings.width, ctx.scene.field.settings.height, all,
                     now.orders.empty() ? 0 : now.orders.back());
}

}  // namespace phaseloom
