// SPDX-License-Identifier: MIT
#pragma once
// What is on the stage seen closer: wheel and drag on it, and the way back. Each workspace has one
// zoom: of Generate's wall, of Transport's planes, of Train's wall.

#include <functional>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Something on the stage that can be seen closer.
struct Zoomable {
  Box view;                                 ///< through which it is seen
  std::function<Point(double times)> size;  ///< of it, enlarged so many times; in pixels
  double most = Zoom::kMost;                ///< times
  bool clicks_draw = false;                 ///< so that a double click means nothing else
};
Zoomable zoomable(const WallLayout& whole, Box view);

/// Where all of it is.
Box zoomed(const Zoomable& thing, const Zoom& zoom);
/// The layout enlarged as `zoom` says, seen through `view`; the whole wall as it is without zoom.
WallLayout zoomed(const WallLayout& whole, const Zoom& zoom, Box view);
/// The zoom by `factor` times more that leaves what is at `at` where it is.
Zoom zoomed_at(const Zoomable& thing, const Zoom& zoom, Point at, double factor);
/// The zoom whose picture is moved by so many pixels.
Zoom moved_by(const Zoomable& thing, const Zoom& zoom, Point by);

/// Of what is on the stage.
const Zoom& present_zoom(const UiContext& ctx);
/// Wheel, middle button and double click on the thing that was drawn last as an item, which takes
/// the middle button as well. True while the pressed button is the zoom's, and nobody else's.
bool zoom_input(UiContext& ctx, const Zoomable& thing);
/// Moves the view to a place that the keyboard has led to, if that is out of sight.
void keep_in_sight(UiContext& ctx, const Zoomable& thing, Point place);
/// The button that shows all of it again, in the view's corner while there is more than is seen.
/// It comes before the thing's own item, which is below it; draw_zoom_button() draws it afterwards.
void take_zoom_button(UiContext& ctx, Box view);
void draw_zoom_button(UiContext& ctx, Box view);

}  // namespace phaseloom
