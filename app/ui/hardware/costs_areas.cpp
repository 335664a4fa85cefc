// SPDX-License-Identifier: MIT
// Cores as squares, all at one scale: within each, what takes its area, and around that what lies
// between.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/costs.hpp"
#include "app/ui/hardware/hardware_look.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

double side_of_core(const Cost& cost) { return std::sqrt(cost.area / cost.cores); }  // mm

/// How the cores of a column stand.
struct Arrangement {
  int in_row = 1, rows = 1;
  double scale = 0;  ///< pixels per mm at which they just fit
};

/// The one that fits at the largest scale.
Arrangement arrangement(const Cost& cost, const Box& room, float gap) {
  Arrangement best;
  for (int in_row = 1; in_row <= cost.cores; ++in_row) {
    const int rows = (cost.cores + in_row - 1) / in_row;
    const auto fit = [&](float pixels, int count) {
      return std::max(double(pixels) - double(gap) * (count - 1), 1.0) /
             (count * side_of_core(cost));
    };
    const double scale = std::min(fit(room.width(), in_row), fit(room.height(), rows));
    if (scale > best.scale) best = {in_row, rows, scale};
  }
  return best;
}

/// The cause under the pointer, if any.
void draw_core(UiContext& ctx, ImDrawList& list, Box box, const Cost& cost) {
  const std::size_t overhead = cost_areas().size() - 1;
  const double whole = cost.areas.total(), cells = whole - cost.areas.overhead;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto told = [&](std::size_t cause) {
    const auto& about = cost_areas()[cause];
    const double area = cost.areas.*about.value;
    hint_at_once(ctx, fmt::format("{}, {}: {} mm², {:.1f} % of the area", about.label,
                                  about.formula, short_number(area), 100 * area / whole));
  };
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y}, area_colour(ctx, overhead),
                     ctx.px(2));
  const float side = box.width(), inner = side * static_cast<float>(std::sqrt(cells / whole));
  const float rim = (side - inner) / 2;
  const bool here = ImGui::IsWindowHovered() && box.contains({mouse.x, mouse.y});
  float y = box.min.y + rim;
  bool in_cells = false;
  for (std::size_t i = 0; i < overhead; ++i) {
    const double area = cost.areas.*cost_areas()[i].value;
    if (!(area > 0)) continue;
    const float height = inner * static_cast<float>(area / cells);
    const Box band{{box.min.x + rim, y}, {box.max.x - rim, y + height}};
    list.AddRectFilled({band.min.x, band.min.y}, {band.max.x, band.max.y}, area_colour(ctx, i));
    if (here && band.contains({mouse.x, mouse.y})) {
      told(i);
      in_cells = true;
    }
    const std::string_view name = cost_areas()[i].name;
    if (height > ctx.fonts.caption->FontSize + ctx.px(2) &&
        text_width(ctx.fonts.caption, name) < inner - ctx.px(6))
      draw_text(list, ctx.fonts.caption,
                {band.min.x + ctx.px(4), y + (height - ctx.fonts.caption->FontSize) / 2},
                ink_on(area_colour(ctx, i)), name);
    y += height;
  }
  if (here && !in_cells) told(overhead);
}

/// The longest of 1, 2, 5 x 10^k mm that has room.
void draw_length(UiContext& ctx, ImDrawList& list, ImVec2 at, double scale, float room) {
  double length = 1e-3;
  for (const double step : {2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0,
                            50.0, 100.0, 200.0, 500.0, 1000.0})
    if (step * scale < double(room)) length = step;
  const float end = at.x + static_cast<float>(length * scale), tick = ctx.px(3);
  const ImU32 ink = ctx.colours.text;
  const float thick = std::max(1.0f, ctx.px(1.25f));
  list.AddLine({at.x, at.y}, {end, at.y}, ink, thick);
  for (const float x : {at.x, end}) list.AddLine({x, at.y - tick}, {x, at.y + tick}, ink, thick);
  draw_text(list, ctx.fonts.small, {end + ctx.px(5), at.y - ctx.fonts.small->FontSize / 2}, ink,
            length < 1 ? fmt::format("{:.3g} µm", 1000 * length) : fmt::format("{:g} mm", length));
}

}  // namespace

void draw_areas(UiContext& ctx, const HeldCosts& costs, std::span<const Box> columns) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float gap = ctx.px(3), bar = ctx.fonts.small->FontSize + ctx.px(6);
  std::array<Box, kCountOf<ChunkHold>> rooms;
  for (std::size_t i = 0; i < rooms.size(); ++i)
    rooms[i] = {columns[i].min, {columns[i].max.x, columns[i].max.y - bar}};
  std::array<Arrangement, kCountOf<ChunkHold>> stands;
  double scale = HUGE_VAL;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    stands[i] = arrangement(costs[i], rooms[i], gap);
    scale = std::min(scale, stands[i].scale);
  }
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const Cost& cost = costs[i];
    if (!(cost.area > 0)) continue;
    const float side = static_cast<float>(side_of_core(cost) * scale);
    const float pitch = side + gap;
    const float width = pitch * static_cast<float>(stands[i].in_row) - gap;
    const float height = pitch * static_cast<float>(stands[i].rows) - gap;
    const float left = (rooms[i].min.x + rooms[i].max.x - width) / 2;
    const float top = rooms[i].max.y - height;  // on a common ground
    for (int core = 0; core < cost.cores; ++core) {
      const float x = left + pitch * static_cast<float>(core % stands[i].in_row);
      const float y = top + pitch * static_cast<float>(core / stands[i].in_row);
      draw_core(ctx, list, {{x, y}, {x + side, y + side}}, cost);
    }
  }
  draw_length(ctx, list, {columns[0].min.x, columns[0].max.y - bar / 2 + ctx.px(1)}, scale,
              columns[0].width() / 2);
}

}  // namespace phaseloom
