// SPDX-License-Identifier: MIT
// What an analog core for the network on the wall would cost, in one line under it.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/document/si_text.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/energy_axis.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

void draw_axis(UiContext& ctx, ImVec2 at, float width, float height, const Cost& cost) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const double energy = cost.energy.total();
  const float digits = ctx.fonts.small->FontSize;
  const float top = at.y + ctx.fonts.caption->FontSize + ctx.px(3);
  const float floor = std::floor(at.y + height - digits - ctx.px(4)) + 0.5f;
  const EnergyAxis axis(ctx, std::span(&energy, 1), at.x, width, floor);
  axis.draw_ticks(list);
  axis.draw_baselines(list, ctx.px(6), ctx.colours.faint);
  axis.draw_energy(list, energy, std::floor((top + floor) / 2), ctx.px(4), ctx.colours.accent);
  axis.draw_reference(list, at.y + ctx.px(3), at.y + ctx.px(2), at.y + ctx.px(2));

  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("energy axis", {width, height});
  note_place(ctx, "energy axis");
  hint(ctx, fmt::format("{}\n\nThis network: {}", energy_axis_help(), si_text(energy, "J")));
}

std::string energy_help(const Cost& cost) {
  return fmt::format(
             "Energy per image, good to about a factor of {:.0f} either way.{}\n", kCostFactor,
             cost.bits_assumed ? "\nNo analog cell holds float weights: this is the cost of 8 bits."
                               : "") +
         energy_causes(cost.energy);
}

}  // namespace

float cost_strip_height(const UiContext& ctx) { return ctx.now.model ? ctx.px(48) : 0; }

void draw_cost_strip(UiContext& ctx, Box area) {
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 a{area.min.x, area.min.y + ctx.px(6)}, b{area.max.x, area.max.y};
  const float height = b.y - a.y, pad = ctx.px(10);
  list.AddRectFilled(a, b, mixed(c.panel, c.raised, 0.5f), ctx.px(5));

  const Cost cost = present_cost(ctx);
  const bool wide = b.x - a.x > ctx.px(560);
  const float gap = ctx.px(wide ? 20 : 12), end = b.x - pad;
  struct Cell {
    const char* name;
    std::string value, help;
  };
  // Left to right; when room is scarce, the last ones give way to the axis.
  const Cell cells[] = {
      {cost.bits_assumed ? "energy, as 8 bit" : "energy / image", si_text(cost.energy.total(), "J"),
       energy_help(cost)},
      {"area", short_number(cost.area) + " mm²",
       fmt::format(
           "A = k_core (N A_osc + E A_c) = {} mm² for one core, with E = {:.0f} couplings of "
           "A_c = {} µm² each; then what the chunks' weights take.",
           short_number(cost.core_area), cost.couplings, short_number(cost.cell_area))},
      {"power", si_text(cost.power, "W"),
       fmt::format("P = f E_cyc of a core at work; E_cyc = {} per carrier cycle.",
                   si_text(cost.cycle_energy, "J"))},
      {"time", si_text(cost.time, "s"),
       fmt::format("From noise to picture: n / f, with n = T η = {:.4g} carrier cycles, and the "
                   "writing of weights, {} per chunk. {} images per second.",
                   cost.cycles, si_text(cost.chunk_time, "s"), short_number(cost.rate))},
      {"good to", "×÷ 3",
       "The model's numbers may be off by about a factor of 3 either way; docs/cost.md has every "
       "constant and where it comes from."},
  };
  const float least_axis = ctx.px(96);
  float x = a.x + pad;
  int shown = 0;
  for (float taken = x; shown < static_cast<int>(std::size(cells)); ++shown) {
    taken += cell_width(ctx, cells[shown].name, cells[shown].value) + gap;
    if (taken + least_axis > end) break;
  }
  // Where the last cell has no room, the first one says it.
  const bool all = shown == static_cast<int>(std::size(cells));
  for (int i = 0; i < shown; ++i) {
    const char* const name = i > 0 || all        ? cells[i].name
                             : cost.bits_assumed ? "as 8 bit, ×÷ 3"
                                                 : "energy, ×÷ 3";
    const ImU32 colour = i == 0 && cost.bits_assumed ? c.faint : c.text;
    x += draw_cell(ctx, {x, a.y}, height, name, cells[i].value, colour, cells[i].help) + gap;
  }
  if (end - x >= least_axis)
    draw_axis(ctx, {x + ctx.px(4), a.y}, std::min(end - x - ctx.px(8), ctx.px(720)), height, cost);
  ImGui::SetCursorScreenPos(a);
  ImGui::Dummy({b.x - a.x, height});
  note_place(ctx, "cost strip");
}

}  // namespace phaseloom
