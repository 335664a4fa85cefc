// SPDX-License-Identifier: MIT
#pragma once
// Pictures of a sweep, as SVG.

#include <string>

#include "engine/sweep/results.hpp"

namespace phaseloom {

/// Relative distance over bits and density: a panel for each model, kind, weight noise, mismatch;
/// the mean over seeds. Cells without a number yet are hatched, those that failed are crossed.
std::string sweep_heat_map_svg(const SweepTable& table);
/// Energy per image against relative distance, with the Pareto front; chunks held as the plan says.
std::string sweep_pareto_svg(const SweepTable& table);

}  // namespace phaseloom
