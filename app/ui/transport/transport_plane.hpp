// SPDX-License-Identifier: MIT
#pragma once
// One plane of Transport's stage: where it lies, what is seen of it, what the pointer does to it.

#include <memory>
#include <string>
#include <vector>

#include "app/ui/toolkit/zoom.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {

/// What one plane shows.
struct PlanePane {
  std::string title = {}, value = {}, ratio = {};
  int lines = 1;  ///< of the title; of what is below it as many
  std::shared_ptr<const TransportPicture> picture = {};
  PointCloud* flow = nullptr;
};

/// Gives the captions of planes beside each other two lines, where one is not enough for all.
void fit_captions(const UiContext& ctx, std::vector<PlanePane>& panes, float width);

/// The square of a plane in an area, below a title and a value.
struct PaneBox {
  Box box;
  PlaneView plane;  ///< as it is zoomed
  float caption = 0;
};
PaneBox place_pane(const UiContext& ctx, const PlanePane& pane, Box area, const Zoom& zoom);

/// The plane, and what is above it.
void paint_pane(UiContext& ctx, ImDrawList& list, const PlanePane& pane, const PaneBox& place,
                const FlowLook& look);
/// The same on the stage, as an item of that name, or the target that is being drawn there.
/// `corner`: the button that shows all of it again is on this one.
void draw_pane(UiContext& ctx, const PlanePane& pane, Box area, const char* id, bool corner);

FlowLook present_look(const UiContext& ctx);

}  // namespace phaseloom
