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

/// A logarithmic axis a little beyond what there is.
Axis axis_of(std::span<const double> values, double least, double most, const char* label) {
  constexpr double kRoom = 1.3;
  double low = least, high = most;
  if (!values.empty()) {
    const auto [lowest, highest] = std::ranges::minmax(values);
    low = lowest;
    high = highest;
  }
  return {low / kRoom, high * kRoom, label, {}, {}, true};
}

/// With names like "2 µJ" at round numbers.
Axis energy_axis(std::span<const double> energies, std::vector<std::string>& names) {
  Axis axis = axis_of(energies, 1e-7, 1e-5, "energy per image");
  axis.ticks = log_ticks(axis.low, axis.high, 4);
  for (const double tick : axis.ticks) {
    const std::string words = si_text(tick, "J");
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
  const Plot plot(ctx, "sweep front", height, energy_axis(energies, names),
                  axis_of(distances, 0.02, 1, "relative distance; the line: none is better"));
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
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const SweepSpot* spot : front) {
    const SweepTable::Place& place = view.sweep->table->places[spot->place];
    const std::size_t places[] = {spot->place};
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool shown = on_wall(ctx, place);
    if (text_button(ctx, fmt::format("front {}", place.cell.name()).c_str(), "",
                    cell_help(ctx, view, places), {.chosen = shown, .frame = false}, width))
      show_cell(ctx, place);
    const float middle = at.y + ImGui::GetFrameHeight() / 2;
    const auto put = [&](ImFont* font, float x, float room, std::string_view words) {
      draw_text(list, font, {at.x + x, middle - font->FontSize / 2},
                shown ? ctx.colours.on_accent : ctx.colours.text, words, room);
    };
    put(ctx.fonts.small, ctx.px(6), 0, si_text(spot->energy, "J"));
    put(ctx.fonts.small, ctx.px(72), 0, fmt::format("{:.3g}", spot->relative));
    put(ctx.fonts.caption, ctx.px(124), width - ctx.px(130), spoken_cell(place.cell));
  }
}

}  // namespace

void draw_sweep_side(UiContext& ctx) {
  const SweepView& view = sweep_view(ctx);
  heading(ctx, "Energy and quality");
  const float room = ImGui::GetContentRegionAvail().y;
  draw_front_plot(ctx, view, std::clamp(std::floor(room * 0.5f), ctx.px(140), ctx.px(420)));
  draw_sweep_board(ctx);
  draw_front_list(ctx, view);
}

}  // namespace phaseloom
