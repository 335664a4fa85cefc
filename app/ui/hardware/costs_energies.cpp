// SPDX-License-Identifier: MIT
// Energy per image: totals on a logarithmic axis, where bars stacked by cause would lie; their
// shares beside it, on a linear one.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/costs.hpp"
#include "app/ui/hardware/hardware_look.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/energy_axis.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

struct Measures {
  float heading, labels, row, axis, legend;
  explicit Measures(const UiContext& ctx)
      : heading(ctx.fonts.strong->FontSize + ctx.px(6)),
        labels(2 * ctx.fonts.caption->FontSize + ctx.px(5)),
        row(ctx.px(20)),
        axis(ctx.fonts.small->FontSize + ctx.px(6)),
        legend(ctx.fonts.caption->FontSize + ctx.px(6)) {}
  float rows() const { return row * static_cast<float>(kCountOf<ChunkHold>); }
};

/// Shares of one energy, 100 % wide.
void draw_shares(UiContext& ctx, const CostEnergy& energy, Box box) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const double total = energy.total();
  if (!(total > 0)) return;
  float x = box.min.x;
  for (std::size_t i = 0; i < cost_energies().size(); ++i) {
    const double share = energy.*cost_energies()[i].value / total;
    const float end = x + static_cast<float>(share) * box.width();
    if (share > 0) {
      const ImU32 colour = energy_colour(ctx, i);
      list.AddRectFilled({x, box.min.y}, {end, box.max.y}, colour);
      const std::string words = fmt::format("{:.0f} %", 100 * share);
      const float width = text_width(ctx.fonts.small, words);
      if (end - x > width + ctx.px(6))
        draw_text(list, ctx.fonts.small,
                  {(x + end - width) / 2, (box.min.y + box.max.y - ctx.fonts.small->FontSize) / 2},
                  ink_on(colour), words);
    }
    x = end;
  }
}

}  // namespace

float energies_height(const UiContext& ctx) {
  const Measures m(ctx);
  return m.heading + m.labels + m.rows() + m.axis + m.legend;
}

void draw_energies(UiContext& ctx, const HeldCosts& costs, Box area) {
  const Measures m(ctx);
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float names = 0, totals = 0;
  std::vector<double> energies;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    energies.push_back(costs[i].energy.total());
    words.push_back(si_text(energies.back(), "J"));
    names = std::max(names, text_width(ctx.fonts.caption, kHoldLabels[i]));
    totals = std::max(totals, text_width(ctx.fonts.small, words.back()));
  }
  const float gap = ctx.px(12);
  const float left = area.min.x + names + totals + 2 * gap;
  const float width = std::floor((area.max.x - left - gap) * 0.62f);
  const float share_left = left + width + gap;

  float y = area.min.y;
  const bool assumed = costs[0].bits_assumed;
  draw_text(list, ctx.fonts.strong, {area.min.x, y}, c.text,
            assumed ? "Energy per image, as 8 bits" : "Energy per image");
  draw_text(list, ctx.fonts.strong, {share_left, y}, c.text, "where it goes",
            area.max.x - share_left);
  y += m.heading;
  const float floor = std::floor(y + m.labels + m.rows()) + 0.5f;
  const EnergyAxis axis(ctx, energies, left, width, floor);
  axis.draw_ticks(list);
  axis.draw_baselines(list, m.rows() + ctx.px(2), faded(c.faint, 0.55f));
  axis.draw_reference(list, y, y, y + ctx.fonts.caption->FontSize + ctx.px(1));
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const bool chosen = ctx.scene.cost.hold == static_cast<ChunkHold>(i);
    const float top = y + m.labels + m.row * static_cast<float>(i), middle = top + m.row / 2;
    draw_text(list, ctx.fonts.caption, {area.min.x, middle - ctx.fonts.caption->FontSize / 2},
              chosen ? c.text : c.faint, kHoldLabels[i]);
    draw_text(list, ctx.fonts.small,
              {left - gap - text_width(ctx.fonts.small, words[i]),
               middle - ctx.fonts.small->FontSize / 2},
              chosen ? c.text : c.faint, words[i]);
    axis.draw_energy(list, energies[i], std::floor(middle) + 0.5f, ctx.px(4),
                     chosen ? c.accent : c.faint);
    const Box shares{{share_left, top + ctx.px(2)}, {area.max.x, top + m.row - ctx.px(2)}};
    draw_shares(ctx, costs[i].energy, shares);
    ImGui::SetCursorScreenPos({share_left, top});
    ImGui::PushID(static_cast<int>(i));
    ImGui::InvisibleButton("shares", {std::max(area.max.x - share_left, 1.0f), m.row});
    ImGui::PopID();
    hint(ctx, fmt::format("{}: {} per image.\n{}", kHoldLabels[i], words[i],
                          energy_causes(costs[i].energy)));
  }
  ImGui::SetCursorScreenPos({left, y});
  ImGui::InvisibleButton("energies", {std::max(width, 1.0f), m.labels + m.rows() + m.axis});
  note_place(ctx, "energies");
  hint(ctx, energy_axis_help());

  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < cost_energies().size(); ++i)
    if (std::ranges::any_of(
            costs, [&](const Cost& cost) { return cost.energy.*cost_energies()[i].value > 0; }))
      entries.push_back({energy_colour(ctx, i), cost_energies()[i].name});
  draw_legend(ctx, {area.min.x, area.max.y - ctx.fonts.caption->FontSize - ctx.px(2)}, area.width(),
              entries);
}

}  // namespace phaseloom
