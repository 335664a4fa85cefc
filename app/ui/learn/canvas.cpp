// SPDX-License-Identifier: MIT
#include "app/ui/learn/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "app/ui/toolkit/wall_samples.hpp"

namespace phaseloom {
namespace {

/// A bar of that voltage is as long as the unit's radius.
constexpr double kFullBar = 1.2;

float squared(Point a, Point b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

/// Of a point from the line between two others.
float distance_from(Point p, Point a, Point b) {
  const float length = squared(a, b);
  const float along =
      length <= 0 ? 0
                  : std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length,
                               0.0F, 1.0F);
  return std::sqrt(squared(p, {a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)}));
}

bool is_picked(const CanvasLook& look, int unit) {
  return std::ranges::find(look.picked, unit) != look.picked.end();
}

void paint_couplings(const UiContext& ctx, ImDrawList& list, const CanvasLayout& canvas,
                     const CanvasLook& look) {
  const auto& couplings = look.network.couplings;
  const bool all = couplings.size() <= kMostLines;
  float most = 0;
  for (const auto& c : couplings) most = std::max(most, std::abs(c.weight));
  // The more lines there are, the fainter each.
  const float crowd = std::clamp(60.0F / static_cast<float>(couplings.size() + 1), 0.18F, 1.0F);
  for (const auto& c : couplings) {
    const bool chosen =
        is_picked(look, c.a) || is_picked(look, c.b) || c.a == look.hovered || c.b == look.hovered;
    if (!all && !chosen) continue;
    const float strength = most > 0 ? std::abs(c.weight) / most : 0;
    const Point a = canvas.at(look.network.units[static_cast<std::size_t>(c.a)]);
    const Point b = canvas.at(look.network.units[static_cast<std::size_t>(c.b)]);
    // As the kernel of Generate: orange pulls together, blue apart.
    const ImU32 colour =
        map_colour(ColourMap::diverging, c.weight * look.coupling >= 0 ? 0.8 : 0.2);
    const bool both = is_picked(look, c.a) && is_picked(look, c.b);
    const float opacity = both ? 1 : (chosen ? 0.8F : 0.75F * crowd) * (0.35F + 0.65F * strength);
    list.AddLine({a.x, a.y}, {b.x, b.y}, faded(colour, opacity),
                 std::max(1.0F, ctx.px(both ? 3.5F : 0.6F + 2 * strength)));
  }
}

/// Dark within a light rim: one of the two stands out from every hue, and neither changes while
/// phases turn.
void paint_hand(ImDrawList& list, Point at, float radius, double angle) {
  const auto x = static_cast<float>(std::sin(angle)), y = -static_cast<float>(std::cos(angle));
  const float width = std::max(1.5F, radius * 0.16F), rim = std::max(1.0F, radius * 0.06F);
  for (const auto& [colour, grow] :
       {std::pair{IM_COL32(245, 245, 245, 255), rim}, std::pair{IM_COL32(20, 20, 24, 255), 0.0F}}) {
    const float back = 0.12F * radius + grow, out = 0.86F * radius + grow;
    list.AddLine({at.x - back * x, at.y - back * y}, {at.x + out * x, at.y + out * y}, colour,
                 width + 2 * grow);
  }
}

void paint_phase(const UiContext& ctx, ImDrawList& list, Point at, float radius, double phase,
                 double turn) {
  const ImU32 fill = map_colour(ColourMap::phase, phase / (2 * std::numbers::pi));
  list.AddCircleFilled({at.x, at.y}, radius, fill);
  paint_hand(list, at, radius, phase + turn);
  list.AddCircle({at.x, at.y}, radius, faded(ctx.colours.text, 0.35F), 0,
                 std::max(1.0F, ctx.px(1)));
}

void paint_voltage(const UiContext& ctx, ImDrawList& list, Point at, float radius, double x) {
  list.AddCircleFilled({at.x, at.y}, radius, ctx.colours.raised);
  const auto length = static_cast<float>(std::clamp(x / kFullBar, -1.0, 1.0)) * radius;
  const float half = radius * 0.34F;
  list.AddRectFilled({at.x - half, std::min(at.y, at.y - length)},
                     {at.x + half, std::max(at.y, at.y - length)},
                     map_colour(ColourMap::diverging, x < 0 ? 0.2 : 0.8));
  list.AddLine({at.x - 0.7F * radius, at.y}, {at.x + 0.7F * radius, at.y}, ctx.colours.faint,
               std::max(1.0F, ctx.px(1)));
  list.AddCircle({at.x, at.y}, radius, faded(ctx.colours.text, 0.35F), 0,
                 std::max(1.0F, ctx.px(1)));
}

/// How far the nearest other unit is from most, in shares of the canvas.
float usual_distance(const PlaygroundNetwork& network) {
  std::vector<float> nearest;
  for (const auto& a : network.units) {
    float least = 1;
    for (const auto& b : network.units)
      if (&a != &b) least = std::min(least, squared({a.x, a.y}, {b.x, b.y}));
    nearest.push_back(std::sqrt(least));
  }
  if (nearest.empty()) return 1;
  const auto middle = nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() / 2);
  std::ranges::nth_element(nearest, middle);
  return *middle;
}

}  // namespace

Point CanvasLayout::share(Point pixel) const {
  return {std::clamp((pixel.x - origin.x) / side, 0.0F, 1.0F),
          std::clamp((pixel.y - origin.y) / side, 0.0F, 1.0F)};
}

CanvasLayout layout_canvas(float scale, Box box, const PlaygroundNetwork& network) {
  const float edge = std::max(1.0F, std::min(box.width(), box.height()));
  CanvasLayout canvas;
  // Most do not touch each other; a few are large enough to be seen from the last row.
  const float side = 0.9F * edge;
  const float least = 4 * scale;
  canvas.radius =
      std::clamp(0.42F * side * usual_distance(network), least, std::max(least, edge / 9));
  canvas.side = std::max(1.0F, edge - 2 * canvas.radius);
  canvas.origin = {(box.min.x + box.max.x - canvas.side) / 2,
                   (box.min.y + box.max.y - canvas.side) / 2};
  return canvas;
}

void paint_canvas(const UiContext& ctx, ImDrawList& list, const CanvasLayout& canvas,
                  const CanvasLook& look) {
  paint_couplings(ctx, list, canvas, look);
  for (std::size_t i = 0; i < look.network.units.size() && i < look.state.size(); ++i) {
    const Point at = canvas.at(look.network.units[i]);
    const bool led = static_cast<int>(i) >= look.inner;
    const float radius = led ? 0.45F * canvas.radius : canvas.radius;
    if (look.is_phase)
      paint_phase(ctx, list, at, radius, double(look.state[i]), look.turn);
    else
      paint_voltage(ctx, list, at, radius, double(look.state[i]));
    const bool picked = is_picked(look, static_cast<int>(i));
    if (picked || static_cast<int>(i) == look.hovered)
      list.AddCircle({at.x, at.y}, canvas.radius + ctx.px(3),
                     picked ? ctx.colours.accent : ctx.colours.text, 0,
                     std::max(1.5F, ctx.px(picked ? 2.5F : 1.5F)));
  }
}

std::optional<int> unit_at(const CanvasLayout& canvas, const PlaygroundNetwork& network, Point p) {
  std::optional<int> nearest;
  float least = canvas.radius * canvas.radius;
  for (int i = 0; i < network.count(); ++i) {
    const float away = squared(canvas.at(network.units[static_cast<std::size_t>(i)]), p);
    if (away > least) continue;
    least = away;
    nearest = i;
  }
  return nearest;
}

const PlaygroundCoupling* coupling_at(const UiContext& ctx, const CanvasLayout& canvas,
                                      const PlaygroundNetwork& network, Point p) {
  if (network.couplings.size() > kMostLines) return nullptr;
  const PlaygroundCoupling* nearest = nullptr;
  float least = ctx.px(6);
  for (const auto& c : network.couplings) {
    const float away = distance_from(p, canvas.at(network.units[static_cast<std::size_t>(c.a)]),
                                     canvas.at(network.units[static_cast<std::size_t>(c.b)]));
    if (away > least) continue;
    least = away;
    nearest = &c;
  }
  return nearest;
}

double state_towards(const CanvasLayout& canvas, const PlaygroundUnit& unit, Point p,
                     bool is_phase) {
  const Point at = canvas.at(unit);
  if (is_phase) return std::atan2(double(p.x) - at.x, double(at.y) - p.y);
  return std::clamp(double(at.y - p.y) / canvas.radius * kFullBar, -2 * kFullBar, 2 * kFullBar);
}

}  // namespace phaseloom
