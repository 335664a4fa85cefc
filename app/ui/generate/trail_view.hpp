// SPDX-License-Identifier: MIT
#pragma once
// What the small trail among the controls and the large one on the stage have in common.

#include <span>
#include <string>
#include <vector>

#include "app/ui/toolkit/context.hpp"
#include "app/ui/toolkit/plot.hpp"

namespace phaseloom {

struct TrailSpot {
  const TrailDot* dot;
  double energy, distance;
  double spread;  ///< NaN where it is not known
  bool on_front;  ///< no other is better in both
};

/// The dots that have a place, and axes that hold all of them and where the controls are.
struct TrailView {
  std::vector<TrailSpot> spots;
  Axis energy, distance;
  double here = 0;  ///< energy of the setting in force
};
TrailView trail_view(UiContext& ctx);

/// The published energy, and that of the setting in force; behind the dots.
void draw_trail_marks(UiContext& ctx, const Plot& plot, const TrailView& view);
/// Front, error bars and dots, `radius` large in units of the content scale. The pointer, or the
/// keyboard, takes one of them: its setting is told, and a click or Enter goes back to it. True if
/// the pointer is on one. Right after the plot, whose item has the focus; `clicked` is its own.
bool draw_trail_dots(UiContext& ctx, const Plot& plot, const TrailView& view, bool clicked,
                     float radius);
/// "mnist-shil-4bit, 4 bits, δ 0.025".
std::string trail_name(const Scene& scene);
/// "0.0187 ± 0.0004".
std::string trail_distance(const TrailDot& dot);

/// trail_stage.cpp; the trail in the wall's place.
void draw_trail_stage(UiContext& ctx, Box area);

}  // namespace phaseloom
