// SPDX-License-Identifier: MIT
#pragma once
// The Thermo workspace: a computer that is warm. Its zones are free functions over the context,
// each in a file of its own.

#include "app/session/thermo_part.hpp"
#include "app/ui/toolkit/workspace.hpp"

namespace phaseloom {

extern const WorkspaceView kThermoWorkspace;  // workspace.cpp

void draw_thermo_controls(UiContext& ctx);  // thermo_controls.cpp: heat, flaws, what is trained
void draw_thermo_stage(UiContext& ctx);     // thermo_stage.cpp: noising, reverse, samples
void draw_thermo_plots(UiContext& ctx);     // thermo_plots.cpp: the heat meter, histograms, facts
void draw_thermo_time(UiContext& ctx);      // thermo_time.cpp: buttons, the clock
void draw_thermo_status(UiContext& ctx);    // thermo_status.cpp
void draw_thermo_exports(UiContext& ctx);   // exports.cpp: rows of the export window
void draw_thermo_tables(UiContext& ctx);

/// Lets the clock go on; once per frame.
void advance_heat(UiContext& ctx);
/// By so many moments.
void step_heat(UiContext& ctx, int moments);
/// Starts, pauses or resumes a training.
void toggle_thermo_training(UiContext& ctx);

/// What the run that is seen was made with, if that is not what is set; else empty.
std::string stale_run(const UiContext& ctx, const ThermoRunSnapshot& run);

/// The sample of the wall that is seen enlarged unless the pointer is on another one.
int chosen_sample(const ThermoView& view, const ThermoRunSnapshot& run);

/// The moment that the clock shows, among those that are there, and how far it is to the next one.
struct HeatMoment {
  int frame = -1;  ///< -1: there is none
  float fade = 0;
};
HeatMoment moment_of(const UiContext& ctx, const ThermoRunSnapshot& run);
/// The same of another time of the clock, 0 to 1.
HeatMoment moment_at(double time, const ThermoRunSnapshot& run);

}  // namespace phaseloom
