// SPDX-License-Identifier: MIT
// Energy against quality: all cells that are known, and those that no other is better than.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/sweep.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Whole decades around what there is.
struct Decades {
  double low = 1, high = 10;
  Decades(std::span<const double> values, double least, double most) {
    double a = least, b = most;
    if (!values.empty()) {
      const auto [lowest, highest] = std::ranges::minmax(values);
      a = lowest;
      b = highest;
    }
    low = std::pow(10, std::floor(std::log10(a) - 0.02));
    high = std::max(10 * low, std::pow(10, std::ceil(std::log10(b) + 0.02)));
  }
};

Axis energy_axis(const Decades& decades, std::vector<std::string>& names) {
  Axis axis{decades.low, decades.high, "energy per image", {}, {}, true};
  const int count = static_cast<int>(std::lround(std::log10(decades.high / decades.low)));
  for (int i = 0; i <= count; i += 1 + count / 5) {
    axis.ticks.push_back(decades.low * std::pow(10, i));
    const std::string words = si_text(axis.ticks.back(), "J");
    names.push_back(words.substr(0, words.find_first_of(". ")) + words.substr(words.find(' ')));
  }
  for (const std::string& name : names) axis.names.push_back(name.c_str());
  return axis;
}

void draw_front_plot(UiContext& ctx, const SweepView& view, float height) {
  std::vector<double> energies, distances, front_x, front_y, on_front;
  for (const SweepSpot& spot : view.spots) {
    energies.push_back(spot.energy);
    distances.push_back(spot.relative);
    on_front.push_back(spot.on_front ? 1 : 0);
  }
  std::vector<const SweepSpot*> front;
  for (const SweepSpot& spot : view.spots)
    if (spot.on_front) front.push_back(&spot);
  std::ranges::sort(front, {}, &SweepSpot::energy);
  for (const SweepSpot* spot : front) {
    front_x.push_back(spot->energy);
    front_y.push_back(spot->relative);
  }
  std::vector<std::string> names;
  const Decades y(distances, 0.02, 1);
  const Plot plot(ctx, "sweep front", height, energy_axis(Decades(energies, 1e-7, 1e-5), names),
                  {y.low, y.high, "relative distance; the line: none is better", {}, {}, true});
  const bool clicked = plot.clicked();
  plot.line(front_x, front_y, ctx.colours.text, 1.25f);
  const SweepSpot* pointed = nullptr;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  float nearest = ctx.px(9);
  if (plot.hovered())
    for (const SweepSpot& spot : view.spots) {
      const ImVec2 at = plot.at(spot.energy, spot.relative);
      const float apart = std::hypot(at.x - mouse.x, at.y - mouse.y);
      if (apart < nearest) {
        nearest = apart;
        pointed = &spot;
      }
    }
  for (const SweepSpot& spot : view.spots) {
    const SweepTable::Place& place = view.sweep->table->places[spot.place];
    const bool trained = place.cell.kind == SweepKind::trained;
    const ImU32 colour = on_wall(ctx, place) ? ctx.colours.accent
                         : spot.on_front     ? ctx.colours.text
                                             : ctx.colours.faint;
    const ImVec2 at = plot.at(spot.energy, spot.relative);
    const float radius = ctx.px(spot.on_front ? 3.5f : 2.5f);
    if (place.cell.hardware.bits == 0)
      plot.list().AddCircle(at, radius, colour, 0, std::max(1.0f, ctx.px(1.25f)));
    else if (trained)
      plot.list().AddRectFilled({at.x - radius, at.y - radius}, {at.x + radius, at.y + radius},
                                colour);
    else
      plot.list().AddCircleFilled(at, radius, colour);
    if (&spot == pointed)
      plot.list().AddCircle(at, radius + ctx.px(3), ctx.colours.text, 0, std::max(1.0f, ctx.px(1)));
  }
  const PlotColumn columns[] = {
      {"energy_J", energies}, {"relative_distance", distances}, {"on_front", on_front}};
  offer_plot(ctx, "sweep_front", "Energy and quality of the sweep", columns);
  if (pointed) {
    const std::size_t places[] = {pointed->place};
    hint_at_once(ctx, cell_help(ctx, view, places));
    if (clicked) show_cell(ctx, view.sweep->table->places[pointed->place]);
    return;
  }
  hint(ctx,
       "Energy per image against the distance to real pictures: down and left is better. Rings are "
       "float weights, priced as 8 bits, squares are networks that were trained on. The line joins "
       "those that no other is better than; blue is on the wall.");
}

/// The front as a list, the cheapest first: each a button.
void draw_front_list(UiContext& ctx, const SweepView& view) {
  std::vector<const SweepSpot*> front;
  for (const SweepSpot& spot : view.spots)
    if (spot.on_front) front.push_back(&spot);
  std::ranges::sort(front, {}, &SweepSpot::energy);
  heading(ctx, "None is better than these");
  if (front.empty()) {
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.faint, "The first cell that is judged stands here.");
    ImGui::PopTextWrapPos();
  }
  for (const SweepSpot* spot : front) {
    const SweepTable::Place& place = view.sweep->table->places[spot->place];
    const std::string words = fmt::format("{:<9} {:<7.3g} {}", si_text(spot->energy, "J"),
                                          spot->relative, spoken_cell(place.cell));
    const std::size_t places[] = {spot->place};
    if (text_button(ctx, fmt::format("front {}", place.cell.name()).c_str(), words,
                    cell_help(ctx, view, places), {.chosen = on_wall(ctx, place), .frame = false},
                    ImGui::GetContentRegionAvail().x))
      show_cell(ctx, place);
  }
}

}  // namespace

void draw_sweep_side(UiContext& ctx) {
  const SweepView& view = sweep_view(ctx);
  heading(ctx, "Energy and quality");
  const float room = ImGui::GetContentRegionAvail().y;
  draw_front_plot(ctx, view, std::clamp(std::floor(room * 0.5f), ctx.px(140), ctx.px(420)));
  draw_front_list(ctx, view);
}

}  // namespace phaseloom
