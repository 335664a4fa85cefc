// SPDX-License-Identifier: MIT
#pragma once
// What hands and keys do on the canvas.

#include <utility>

#include "app/ui/learn/canvas.hpp"

namespace phaseloom {

/// Of one press of the button, from down to up.
struct CanvasHands {
  int unit = -1;                     ///< where it went down; -1: beside all units
  std::pair<int, int> pair{-1, -1};  ///< coupling where it went down
  Point from{}, last{};              ///< where it went down, and was when it dragged last
  bool dragging = false;             ///< it has moved since
  int hovered = -1;                  ///< unit under the pointer in this frame
  bool quiet = false;                ///< no hint is to lie over what was done here just now
};

/// After the canvas was submitted as an item.
void take_canvas_hands(UiContext& ctx, const CanvasLayout& canvas, const PlaygroundSnapshot& now,
                       const PlaygroundNetwork& network);
/// What a press that is still held is about to do: a line to couple along, a frame to select in.
void paint_canvas_hands(const UiContext& ctx, ImDrawList& list, const CanvasLayout& canvas,
                        const PlaygroundNetwork& network);

}  // namespace phaseloom
