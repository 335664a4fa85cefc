// SPDX-License-Identifier: MIT
#include "app/ui/generate/trail_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "app/commands/quality_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// 10^k J for k = -12 .. 3.
constexpr std::array<const char*, 16> kEnergies{
    "1 pJ",   "10 pJ", "100 pJ", "1 nJ",   "10 nJ", "100 nJ", "1 µJ",  "10 µJ",
    "100 µJ", "1 mJ",  "10 mJ",  "100 mJ", "1 J",   "10 J",   "100 J", "1 kJ"};
constexpr int kFirstPower = -12, kLastPower = 3;

Axis energy_axis(double low, double high) {
  const auto power = [](double value) {
    return std::clamp(static_cast<int>(value), kFirstPower, kLastPower);
  };
  const int first = power(std::floor(std::log10(low) - 1e-9));
  const int last = std::max(first + 1, power(std::ceil(std::log10(high) + 1e-9)));
  Axis axis{std::pow(10, first), std::pow(10, last), "", {}, {}, true};
  const int stride = 1 + (last - first) / 5;
  for (int k = first; k <= last; k += stride) {
    axis.ticks.push_back(std::pow(10, k));
    axis.names.push_back(kEnergies[static_cast<std::size_t>(k - kFirstPower)]);
  }
  return axis;
}

std::string spot_text(const UiContext& ctx, const TrailSpot& spot) {
  const TrailDot& dot = *spot.dot;
  const Cost cost = dot.cost(ctx.scene.cost);
  const std::string seeds =
      dot.repeats.size() > 1 ? fmt::format(", {} seeds", dot.repeats.size()) : std::string();
  return fmt::format(
      "{}\n{}\n\nrelative distance {}{}, Fréchet {:.1f} of {} images\n{}{} per image, {} mm², "
      "{}\n\nClick to go back to this setting.",
      trail_label(dot.scene), dot.scene.model, trail_distance(dot), seeds, dot.quality.distance,
      grouped(dot.quality.samples), si_text(spot.energy, "J"),
      cost.bits_assumed ? " (as 8 bits)" : "", short_number(cost.area), si_text(cost.time, "s"));
}

void draw_front(UiContext& ctx, const Plot& plot, const TrailView& view) {
  std::vector<const TrailSpot*> front;
  for (const TrailSpot& spot : view.spots)
    if (spot.on_front) front.push_back(&spot);
  std::ranges::sort(front, {}, &TrailSpot::energy);
  for (const TrailSpot* spot : front) plot.list().PathLineTo(plot.at(spot->energy, spot->distance));
  plot.list().PathStroke(faded(ctx.colours.accent, 0.55f), 0, std::max(1.0f, ctx.px(1.25f)));
}

void draw_error_bar(UiContext& ctx, const Plot& plot, const TrailSpot& spot, ImU32 colour) {
  if (!std::isfinite(spot.spread)) return;
  const double low = std::max(spot.distance - spot.spread, plot.y().low);
  const double high = std::min(spot.distance + spot.spread, plot.y().high);
  const ImVec2 a = plot.at(spot.energy, high), b = plot.at(spot.energy, low);
  const float cap = ctx.px(3), thick = std::max(1.0f, ctx.px(1.25f));
  plot.list().AddLine(a, b, colour, thick);
  for (const ImVec2& end : {a, b})
    plot.list().AddLine({end.x - cap, end.y}, {end.x + cap, end.y}, colour, thick);
}

}  // namespace

std::string trail_name(const Scene& scene) {
  const std::filesystem::path path(scene.model);
  const bool is_path = scene.model.find('/') != std::string::npos;
  return fmt::format("{}, {}", is_path ? path.stem().string() : scene.model, trail_label(scene));
}

std::string trail_distance(const TrailDot& dot) {
  const double spread = dot.spread();
  return std::isfinite(spread) ? fmt::format("{:.4f} ± {:.4f}", dot.relative(), spread)
                               : fmt::format("{:.4f}", dot.relative());
}

TrailView trail_view(UiContext& ctx) {
  TrailView view;
  view.here = ctx.now.model ? present_cost(ctx).energy.total() : 0;
  double low = 2e-6, high = 5e-5, least = 0.01, most = 1;
  const auto widen = [&](double energy) {
    low = std::min(low, energy);
    high = std::max(high, energy);
  };
  if (view.here > 0) widen(view.here);
  const auto front = pareto_front(ctx.session.trail(), ctx.scene.cost);
  for (const TrailDot& dot : ctx.session.trail().dots()) {
    const TrailSpot spot{&dot, dot.cost(ctx.scene.cost).energy.total(), dot.relative(),
                         dot.spread(), std::ranges::find(front, dot.number) != front.end()};
    if (!(spot.energy > 0) || !(spot.distance > 0)) continue;
    view.spots.push_back(spot);
    widen(spot.energy);
    while (spot.distance < least && least > 1e-6) least /= 10;
    while (spot.distance > most && most < 1e6) most *= 10;
  }
  view.energy = energy_axis(low, high);
  view.distance = {least, most, "relative Fréchet distance", {}, {}, true};
  return view;
}

void draw_trail_marks(UiContext& ctx, const Plot& plot, const TrailView& view) {
  const float x = std::floor(plot.at(kPublishedEnergy, plot.y().high).x) + 0.5f;
  const float dash = ctx.px(4), thick = std::max(1.0f, ctx.px(1));
  for (float y = plot.min().y; y < plot.max().y; y += 2 * dash)
    plot.list().AddLine({x, y}, {x, std::min(y + dash, plot.max().y)}, ctx.colours.faint, thick);
  ImFont* font = ctx.fonts.caption;
  const char* const words = "23 µJ";
  const float width = text_width(font, words);
  const bool fits = x + ctx.px(4) + width < plot.max().x;
  draw_text(plot.list(), font, {fits ? x + ctx.px(4) : x - ctx.px(4) - width, plot.min().y},
            ctx.colours.faint, words);
  if (view.here > 0) plot.vertical(view.here, faded(ctx.colours.accent, 0.5f));
}

bool draw_trail_dots(UiContext& ctx, const Plot& plot, const TrailView& view, bool clicked,
                     float radius) {
  const Palette& c = ctx.colours;
  const auto count = static_cast<int>(view.spots.size());
  // The keyboard goes from dot to dot, and with Enter to its setting.
  const bool focused = focusable(ctx);
  int& cursor = ctx.transient.trail_cursor;
  if (focused)
    if (const auto moved = moved_choice(ctx, cursor, count)) cursor = *moved;
  const TrailSpot* ringed = focused && cursor >= 0 && cursor < count
                                ? &view.spots[static_cast<std::size_t>(cursor)]
                                : nullptr;
  if (ringed && pushed(ctx)) ctx.session.post(verbs::trail_go, ringed->dot->number);

  draw_front(ctx, plot, view);
  const TrailSpot* nearest = nullptr;
  float reach = ctx.px(radius + 5.5f);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (const TrailSpot& spot : view.spots) {
    const ImVec2 at = plot.at(spot.energy, spot.distance);
    const bool of_this = spot.dot->scene.model == ctx.scene.model;
    const ImU32 colour = of_this ? c.accent : faded(c.faint, 0.7f);
    draw_error_bar(ctx, plot, spot, colour);
    // Float weights are priced as 8 bits: an open ring.
    if (spot.dot->scene.hardware.bits == 0)
      plot.list().AddCircle(at, ctx.px(radius), colour, 0, std::max(1.0f, ctx.px(1.5f)));
    else
      plot.list().AddCircleFilled(at, ctx.px(radius), colour);
    if (same_setting(spot.dot->scene, ctx.scene))
      plot.list().AddCircle(at, ctx.px(radius + 2.5f), c.text, 0, std::max(1.0f, ctx.px(1)));
    const float away = std::hypot(mouse.x - at.x, mouse.y - at.y);
    if (plot.hovered() && away < reach) {
      reach = away;
      nearest = &spot;
    }
    if (ctx.transient.keep_places)
      ctx.transient.places[fmt::format("trail dot {}", spot.dot->number)] = {{at.x - 1, at.y - 1},
                                                                             {at.x + 1, at.y + 1}};
  }
  const auto ring = [&](const TrailSpot& spot) {
    plot.list().AddCircle(plot.at(spot.energy, spot.distance), ctx.px(radius + 2.5f), c.accent, 0,
                          std::max(1.0f, ctx.px(2)));
  };
  if (ringed) {
    ring(*ringed);
    show_hint(ctx, spot_text(ctx, *ringed), plot.at(ringed->energy, ringed->distance));
  }
  if (!nearest) return false;
  ring(*nearest);
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  hint_at_once(ctx, spot_text(ctx, *nearest));
  if (clicked) ctx.session.post(verbs::trail_go, nearest->dot->number);
  return true;
}

}  // namespace phaseloom
