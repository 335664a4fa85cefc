// SPDX-License-Identifier: MIT
// The three ways to hold the chunks, side by side; a click on one chooses it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/costs.hpp"
#include "app/ui/hardware/hardware_look.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/no_model.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr std::array<const char*, kCountOf<ChunkHold>> kHoldHelp{
    "One core: the state is saved, and the next chunk's weights are written into it.",
    "One core that holds the weights of all chunks; a scheduler switches between them.",
    "A core for each chunk; the state moves on from one to the next."};

struct Line {
  const char* name;
  std::string value;
};

/// Frame, name and numbers of a column; what is left between them is for its cores.
Box draw_column(UiContext& ctx, Box box, ChunkHold hold, const Cost& cost) {
  const auto place = static_cast<std::size_t>(hold);
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool chosen = ctx.scene.cost.hold == hold;
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::PushID(static_cast<int>(place));
  const bool clicked =
      ImGui::InvisibleButton("hold", {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)});
  ImGui::PopID();
  const bool focused = focusable(ctx);
  note_place(ctx, fmt::format("held {}", name_of(hold)));
  const bool hovered = ImGui::IsItemHovered();
  if ((clicked || (focused && pushed(ctx))) && !chosen) ctx.session.set("cost.hold", name_of(hold));
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y},
                     mixed(c.panel, c.raised,
                           chosen    ? 0.75f
                           : hovered ? 0.6f
                                     : 0.4f),
                     ctx.px(5));
  if (chosen)
    list.AddRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, c.accent, ctx.px(5), 0,
                 std::max(1.0f, ctx.px(1.5f)));

  const float pad = ctx.px(8), left = box.min.x + pad, right = box.max.x - pad;
  float y = box.min.y + ctx.px(6);
  draw_text(list, ctx.fonts.strong, {left, y}, c.text, kHoldLabels[place], right - left);
  y += ctx.fonts.strong->FontSize + ctx.px(2);
  std::string name(name_of(hold));
  std::ranges::replace(name, '_', ' ');
  draw_text(list, ctx.fonts.caption, {left, y}, c.faint, name, right - left);
  y += ctx.fonts.caption->FontSize + ctx.px(8);
  const float top = y;

  const Line lines[] = {{"area", fmt::format("{} mm²", short_number(cost.area))},
                        {"power", si_text(cost.power, "W")},
                        {"time", si_text(cost.time, "s")},
                        {"rate", si_text(cost.rate, "/s")}};
  const float line = ctx.fonts.small->FontSize + ctx.px(3);
  const float bottom = box.max.y - ctx.px(5) - line * static_cast<float>(std::size(lines));
  y = bottom;
  for (const Line& shown : lines) {
    draw_text(list, ctx.fonts.caption, {left, y}, c.faint, shown.name);
    draw_text(list, ctx.fonts.small, {right - text_width(ctx.fonts.small, shown.value), y}, c.text,
              shown.value);
    y += line;
  }
  const Box inner{{left, top}, {right, bottom - ctx.px(6)}};
  // What is under the pointer there says itself what it is.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!inner.contains({mouse.x, mouse.y}))
    hint(ctx,
         fmt::format("{}{}\n\nEnergy per image: {}{}", kHoldHelp[place],
                     chosen ? " This is the one that all other places price with."
                            : " A click prices with it everywhere.",
                     si_text(cost.energy.total(), "J"), cost.bits_assumed ? ", as 8 bits" : ""));
  return inner;
}

}  // namespace

void draw_costs_stage(UiContext& ctx, Box area) {
  if (!ctx.now.model) return draw_no_model(ctx, area);
  const HeldCosts costs = held_costs(ctx);
  const float caption = ctx.fonts.caption->FontSize;
  const float energies = energies_height(ctx);
  const float legend = caption + ctx.px(8);
  const Box upper{area.min, {area.max.x, area.max.y - energies - legend - ctx.px(8)}};
  const float gap = ctx.px(8);
  const auto count = static_cast<float>(costs.size());
  // The last one takes more room: it holds K cores.
  const float free = upper.width() - gap * (count - 1);
  const std::array widths{std::floor(free * 0.29f), std::floor(free * 0.29f),
                          free - 2 * std::floor(free * 0.29f)};
  if (upper.height() > ctx.px(120)) {
    std::array<Box, kCountOf<ChunkHold>> inner;
    float x = upper.min.x;
    for (std::size_t i = 0; i < costs.size(); ++i) {
      inner[i] = draw_column(ctx, {{x, upper.min.y}, {x + widths[i], upper.max.y}},
                             static_cast<ChunkHold>(i), costs[i]);
      x += widths[i] + gap;
    }
    draw_areas(ctx, costs, inner);
    std::array<LegendEntry, 5> entries;
    for (std::size_t i = 0; i < entries.size(); ++i)
      entries[i] = {area_colour(ctx, i), cost_areas()[i].name};
    draw_legend(ctx, {upper.min.x, upper.max.y + ctx.px(4)}, upper.width(), entries);
  }
  draw_energies(ctx, costs, {{area.min.x, area.max.y - energies}, area.max});
}

}  // namespace phaseloom
