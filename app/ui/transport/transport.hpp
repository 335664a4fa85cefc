// SPDX-License-Identifier: MIT
#pragma once
// The Transport workspace. Its zones are free functions over the context, each in a file of its
// own.

#include <array>
#include <span>
#include <string_view>

#include "app/render/point_cloud.hpp"
#include "app/ui/toolkit/context.hpp"
#include "app/ui/toolkit/workspace.hpp"
#include "app/ui/toolkit/zoom.hpp"

namespace phaseloom {

extern const WorkspaceView kTransportWorkspace;  // workspace.cpp

void draw_transport_controls(UiContext& ctx);  // transport_controls.cpp: what is to be trained
void draw_transport_stage(UiContext& ctx);     // transport_stage.cpp: points, paths, fields
void draw_transport_plots(UiContext& ctx);     // transport_plots.cpp: loss, W2^2, facts
void draw_transport_time(UiContext& ctx);      // transport_time.cpp: buttons, time of the flow
void draw_transport_status(UiContext& ctx);    // transport_status.cpp

/// transport_results.cpp; the stage while it shows the grid of experiments.
void draw_transport_results(UiContext& ctx, Box area);

/// One plane and what it shows, in words; veiled, if there are words of why it is not what is set.
void draw_flow_beside(UiContext& ctx, Box area, std::string_view words);

/// What the stage's planes show, and when.
struct FlowLook {
  const TransportSnapshot& points;
  const FlowView& view;
  double time;  ///< of the points' way
  const Zoom& zoom;
};
/// The planes without the stage's controls, in any draw list: for pictures and films.
void paint_flow(UiContext& ctx, ImDrawList& list, Box area, const FlowLook& look);
/// As many pixels as that takes for planes of that side.
Extent flow_extent(UiContext& ctx, const FlowLook& look, int side);

/// Lets the points' time go on, once per frame; starts again after a short hold.
void advance_flow(UiContext& ctx);
/// Stops the points so many steps on, or back.
void step_flow(UiContext& ctx, int steps);
/// Starts, pauses or resumes the training: what the large button and T do.
void toggle_transport_training(UiContext& ctx);

/// Most models side by side.
inline constexpr std::size_t kMostPanes = 3;

/// A target that the user is drawing for the points of Transport.
struct Sketch {
  bool on = false;
  Points places;
  std::vector<std::size_t> strokes;  ///< where each begins among the places
};

/// Drawings of the stage that outlive a frame.
struct FlowClouds {
  PointCloud::Programs programs;
  PointCloud source, target;
  std::array<PointCloud, kMostPanes> flows;
};

// transport_field.cpp: parts of the stage, drawn in the box of a plane.
void draw_field(UiContext& ctx, ImDrawList& list, const PlaneView& plane, const FieldSlices& field,
                double time);
void draw_tracers(UiContext& ctx, ImDrawList& list, const PlaneView& plane,
                  const FieldSlices& field, double time);
/// Lines of equal density of the points.
void draw_density(UiContext& ctx, ImDrawList& list, const PlaneView& plane,
                  std::span<const Point> points, ImU32 colour);

// transport_drawing.cpp: the stage and its buttons while the user draws a target.
void draw_sketch_buttons(UiContext& ctx);
/// Takes what is drawn, if it is enough, and gives the stage back.
void finish_sketch(UiContext& ctx);
void take_back_stroke(UiContext& ctx);
void draw_drawing(UiContext& ctx, ImDrawList& list, const PlaneView& plane, const Zoomable& thing);

/// Words at the top of a plane.
void say_above(UiContext& ctx, Box box, std::string_view words);
ImU32 target_colour(const UiContext& ctx);

}  // namespace phaseloom
