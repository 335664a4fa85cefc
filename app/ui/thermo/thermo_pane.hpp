// SPDX-License-Identifier: MIT
#pragma once
// A pane of the Thermo stage: pictures below a line of words, and what hands do to them.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// The item is the pictures.
struct HeatPane {
  Box box;
  const char* name;
  std::vector<std::string> words;  ///< of the same, from long to short: the first that fits is read
  int count;
  Extent image;
  int columns;         ///< 0: as many as fit best
  bool zooms = false;  ///< by the wheel
  int chosen = -1;     ///< picture that is outlined, and stays in sight of the keys; -1: none
};

/// What hands do to a pane in this frame. It acts when the button is let go, as controls do.
struct PaneInput {
  std::optional<WallLayout::Pixel> hovered;  ///< under the pointer
  bool clicked = false;                      ///< pressed and let go there
  bool focused = false;                      ///< the keys are its own
};

/// Draws it; `draw` fills the pictures' layout, the pane being the item submitted last.
void draw_heat_pane(UiContext& ctx, const HeatPane& pane,
                    const std::function<void(const WallLayout&, const PaneInput&)>& draw);

/// For the pane that has the focus: where arrows, Home and End lead to from `place` among `count`
/// places in rows of `columns`; nothing if they lead nowhere else. From nowhere (-1) any of them,
/// Enter and Space lead to the first.
std::optional<int> led_to(const UiContext& ctx, int place, int columns, int count);

/// A line around a place of a pane.
void outline(const UiContext& ctx, Box place, ImU32 colour);

}  // namespace phaseloom
