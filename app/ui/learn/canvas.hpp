// SPDX-License-Identifier: MIT
#pragma once
// How a small network looks: a clock hand on each phase, a bar on each voltage, couplings as lines.

#include <optional>
#include <span>
#include <utility>

#include "app/jobs/playground_snapshot.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Where the canvas is: a square in the middle of its box.
struct CanvasLayout {
  Point origin;
  float side = 1;
  float radius = 1;  ///< of a unit, in pixels

  Point at(const PlaygroundUnit& unit) const {
    return {origin.x + unit.x * side, origin.y + unit.y * side};
  }
  /// Shares of the canvas, kept within it.
  Point share(Point pixel) const;
};
/// @param scale of the content
CanvasLayout layout_canvas(float scale, Box box, const PlaygroundNetwork& network);

/// What is drawn.
struct CanvasLook {
  const PlaygroundNetwork& network;
  std::span<const float> state;
  bool is_phase = true;
  double coupling = 1;          ///< K, whose sign counts
  double turn = 0;              ///< angle that the carrier adds to each hand, rad
  std::span<const int> picked;  ///< units
  int hovered = -1;             ///< unit under the pointer
  int inner = 0;                ///< units behind them are led along, and drawn small
};

/// More are not all drawn, but those of the units that are selected or under the pointer.
inline constexpr std::size_t kMostLines = 2500;

void paint_canvas(const UiContext& ctx, ImDrawList& list, const CanvasLayout& canvas,
                  const CanvasLook& look);

/// The unit whose disc is there; of several the nearest.
std::optional<int> unit_at(const CanvasLayout& canvas, const PlaygroundNetwork& network, Point p);
/// The coupling whose line passes within a few pixels; of several the nearest.
const PlaygroundCoupling* coupling_at(const UiContext& ctx, const CanvasLayout& canvas,
                                      const PlaygroundNetwork& network, Point p);

/// The angle of a hand from twelve o'clock on, clockwise, that points to there; and the voltage of
/// a bar that ends there.
double state_towards(const CanvasLayout& canvas, const PlaygroundUnit& unit, Point p,
                     bool is_phase);

}  // namespace phaseloom
