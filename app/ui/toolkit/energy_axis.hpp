// SPDX-License-Identifier: MIT
#pragma once
// Energy per image on a logarithmic axis, with what stands beside the cost model: other machines as
// marks, and the published claim as a line, which is never a result.

#include <span>
#include <string>

#include "app/ui/toolkit/context.hpp"
#include "engine/hardware/cost.hpp"

namespace phaseloom {

class EnergyAxis {
 public:
  /// From 10 nJ to 10 mJ, and by whole decades farther where these energies, in J, and how far the
  /// model may be off lead out of it.
  /// @param floor where the axis' line is; its numbers are below, in ctx.fonts.small
  EnergyAxis(const UiContext& ctx, std::span<const double> energies, float left, float width,
             float floor);

  float at(double energy) const;
  /// The line, its ticks and their numbers.
  void draw_ticks(ImDrawList& list) const;
  /// A short mark for each baseline.
  void draw_baselines(ImDrawList& list, float height, ImU32 colour) const;
  /// An energy of the model: a dot, and a bar as far as it may be off.
  void draw_energy(ImDrawList& list, double energy, float y, float half_height, ImU32 colour) const;
  /// The published energy from `top` to the axis, with words beside it, and what the marks are,
  /// where there is room for it: on the same line, or on one of their own.
  void draw_reference(ImDrawList& list, float top, float words_y, float labels_y) const;

 private:
  void draw_labels(ImDrawList& list, float y, float reference_left, float reference_right) const;

  const UiContext& ctx_;
  double low_ = 1e-8, high_ = 1e-2;  // J, whole decades
  float left_, width_, floor_, decade_;
};

/// What the axis says when one asks: baselines with their sources.
std::string energy_axis_help();
/// Shares of an energy by cause, a line each.
std::string energy_causes(const CostEnergy& energy);

}  // namespace phaseloom
