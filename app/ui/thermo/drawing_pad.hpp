// SPDX-License-Identifier: MIT
#pragma once
// Prototypes that are drawn by hand: their places among the controls, and the pad on the stage.

#include <array>
#include <optional>
#include <vector>

#include "app/document/thermo_drawings.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// What is being drawn, until it is taken or dropped.
struct DrawingPad {
  struct Draft {
    bool begun = false;
    ThermoDrawing picture;
    std::vector<ThermoDrawing> before;  ///< the picture before each stroke, for undo
  };
  int open = -1;  ///< place among the drawings whose draft is on the stage; -1: none is
  std::array<Draft, kMaxThermoDrawings> drafts;
  bool erases = false;
  std::optional<Point> last;  ///< where the stroke is that is being drawn, in pixels of the picture
  Point cursor{14, 14};       ///< where the keys are

  bool is_open() const { return open >= 0; }
  Draft& draft() { return drafts[static_cast<std::size_t>(open)]; }
  const Draft& draft() const { return drafts[static_cast<std::size_t>(open)]; }
};

/// The places of the drawings in a row, each with its picture: a click opens the pad.
/// @param side of a place, in pixels
void draw_drawing_places(UiContext& ctx, float side, float gap);
/// The whole stage while the pad is open.
void draw_pad_stage(UiContext& ctx);

/// Takes what is on the pad as a prototype, one entry of undo, and gives the stage back; says what
/// is wrong with it otherwise. Nothing happens while the pad is closed.
void finish_pad(UiContext& ctx);
void take_back_pad_stroke(UiContext& ctx);

}  // namespace phaseloom
