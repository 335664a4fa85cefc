// SPDX-License-Identifier: MIT
#pragma once
// How the Thermo stage turns states, forces and couplings into colours, what these stand for,
// and where they lie.

#include <memory>
#include <string>
#include <vector>

#include "app/ui/thermo/thermo.hpp"

namespace phaseloom {

/// What lies on graphics memory.
struct HeatWalls {
  ImageWall noising, samples, fields;
  std::shared_ptr<const Model> model;  ///< whose fields these are
  ThermoFrame::Values couplings;       ///< [hidden unit][visible unit]
  double field_range = 1;
  int hovered = -1;  ///< sample under the pointer in the frame before
};

/// How states, forces or couplings look.
struct HeatLook {
  Extent image;
  int first_unit = 0;
  WallStyle style;
  bool force = false;
  const char* symbol = "x";  ///< of what the colours stand for,
  const char* unit = "";     ///< its unit
  const char* meaning = "";  ///< and that in words
};

/// Of what `view` shows of this run, which has frames and a model.
HeatLook look_of(const ThermoView& view, HeatWalls& walls, const ThermoRunSnapshot& run);

/// What the colours stand for: beside the box `views`, its right end at x = `right` or, where that
/// is too narrow, below it. Leaves the cursor below both.
void draw_heat_colours(UiContext& ctx, Box views, float right, const HeatLook& look);

/// Brings states or forces of that moment to where they are drawn from.
void show_samples(HeatWalls& walls, const ThermoRunSnapshot& run, HeatMoment now,
                  const HeatLook& look);
/// The same of the couplings that look_of() has found.
void show_fields(HeatWalls& walls);
/// The same of the noising that `view` has chosen, which must be there; returns its place among
/// all.
std::size_t show_noising(HeatWalls& walls, const ThermoView& view, const ThermoRunSnapshot& run,
                         HeatMoment now);
/// Noising is seen in greys where forces are seen.
WallStyle noising_style(const HeatLook& look);

/// What is written above a pane, from long to short: the first that fits is read.
using PaneWords = std::vector<std::string>;
PaneWords noising_words(const ThermoRunSnapshot& run, std::size_t prototype);
PaneWords sample_words(const ThermoRunSnapshot& run, HeatMoment now, int lane);
PaneWords wall_words(const ThermoRunSnapshot& run);
PaneWords fields_words(const HeatWalls& walls);

/// Samples in a row of the wall.
int wall_columns(const ThermoRunSnapshot& run);

/// Three panes side by side, or the wall below the other two where the stage is high.
struct HeatPanes {
  Box noising, reverse, wall;
};
HeatPanes panes_of(const UiContext& ctx, Box area);

}  // namespace phaseloom
