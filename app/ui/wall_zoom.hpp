#pragma once
// The wall seen closer: wheel and drag on it, and the way back.

#include "app/ui/context.hpp"

namespace phaseloom {

/// The layout enlarged as `zoom` says, seen through `view`; the whole wall as it is without zoom.
WallLayout zoomed(const WallLayout& whole, const WallZoom& zoom, Box view);
/// The zoom by `factor` times more that leaves what is at `at` where it is.
WallZoom zoomed_at(const WallLayout& whole, const WallZoom& zoom, Box view, Point at,
                   double factor);
/// The zoom whose picture is moved by so many pixels.
WallZoom moved_by(const WallLayout& whole, const WallZoom& zoom, Box view, Point by);

/// Wheel, middle button and double click on the wall that was drawn last as an item.
void feel_zoom(UiContext& ctx, const WallLayout& whole, Box view);
/// The button that shows the whole wall again, in its corner while there is more than is seen. It
/// comes before the wall's own item, which is below it; draw_zoom_button() draws it afterwards.
void take_zoom_button(UiContext& ctx, Box view);
void draw_zoom_button(UiContext& ctx, Box view);

}  // namespace phaseloom
