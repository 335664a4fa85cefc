// SPDX-License-Identifier: MIT
#pragma once
// The plots of the inspector: drawn there, or large on the stage in place of the wall.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

// inspector_network.cpp
void draw_order(UiContext& ctx);
void draw_energy(UiContext& ctx);
void draw_histogram(UiContext& ctx);
void draw_curve(UiContext& ctx);        // inspector_oscillator.cpp
void draw_kernel_maps(UiContext& ctx);  // inspector_kernel.cpp

// stage_plot.cpp

/// Whether it is one of the inspector's plots.
bool is_plot(OnStage what);
/// The stage of Generate while a plot lies on it.
void draw_stage_plot(UiContext& ctx, Box area);
/// Pixels that a plot is high: `units` in an inspector of its usual size, more in a larger one; all
/// that is left on the stage.
float plot_height(const UiContext& ctx, float units);
/// Before a plot: a button in its upper right corner, from the inspector to the stage and back.
void stage_button(UiContext& ctx, OnStage what);
/// After a plot: a double click lays it there, or puts it back.
void take_double_click(UiContext& ctx, OnStage what);
/// In the inspector, whether the plot lies on the stage; then a line in its place says so.
bool lies_on_stage(UiContext& ctx, OnStage what);

}  // namespace phaseloom
