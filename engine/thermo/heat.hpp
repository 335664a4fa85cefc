// SPDX-License-Identifier: MIT
#pragma once
// Runs of the thermodynamic computer, and the heat that they give off. Work is done where the
// potential changes, at the borders of chunks; while a chunk runs nobody does any, so that by the
// first law what its energy loses is heat: Q = sum over chunks of V_c(x at its start) - V_c(x at
// its end). Chunks before the first one with couplings bring units to thermal equilibrium and do
// not count: of the computer of [WD] that is V_theta(x_0) - V_theta(x_tf). Labels are held, and are
// constants of the potential.

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "engine/dynamics/simulator.hpp"

namespace phaseloom {

/// Energy that each sample loses between two states, by the potential of a chunk, in its unit.
/// @param before, after [unit][lane]. The program must have an energy (lyapunov.hpp).
std::vector<double> energy_lost(const Program& program, int chunk, std::span<const float> before,
                                std::span<const float> after, int lanes, ThreadPool& pool);

/// Whether the program is a Langevin network with symmetric couplings: others have no potential.
bool is_thermo(const Program& program);
/// Throws Error unless it is, saying what it is instead.
void check_thermo(const Program& program);

/// The first chunk whose heat counts: the first one with couplings, or the last if none has any.
int first_heated_chunk(const Program& program);
/// From there to the end, in the equations' time unit.
double heated_duration(const Program& program);

struct ThermoRun {
  std::vector<float> states;  ///< of the visible units at the end, [sample][visible]
  /// Of each sample, in the potential's unit: of the potential that the hardware holds, without
  /// errors that are drawn anew per sample.
  std::vector<double> heat;
};

/// n samples of the settings' seed. `progress` is told the number done; returning false cancels,
/// and what is done so far is returned. Throws Error if a sample diverges, or if the program is no
/// Langevin network with symmetric couplings: then it has no potential.
ThermoRun run_thermo(const Program& program, const Hardware& hardware, const RunSettings& settings,
                     int n, ThreadPool& pool, const std::function<bool(int)>& progress = {});

/// What states of visible units show, as generate() gives it: [sample][visible] in [0, 1].
std::vector<float> pixels_of(const Program& program, std::span<const float> states);

struct Summary {
  double mean = 0, deviation = 0;  ///< of the samples, not of their mean
  /// At kSummaryQuantiles, between two samples by proportion.
  std::array<double, 5> quantiles{};
};
inline constexpr std::array<double, 5> kSummaryQuantiles{0.05, 0.25, 0.5, 0.75, 0.95};
/// Of at least one number.
Summary summarise(std::vector<double> values);

/// How much less or more one quantity of paired samples is than another, as a share of the other.
struct PairedDifference {
  double mean = 0;  ///< (mean of b − mean of a) / |mean of a|
  double standard_error =
      0;  ///< of it, from the spread of the pairs' differences; a counts as known
};
/// Of at least one pair: a[k] and b[k] had the same noise, which the difference is free of. 0 where
/// a is 0 in the mean.
PairedDifference paired_difference(std::span<const double> a, std::span<const double> b);

/// Stretches a picture so that its 2nd percentile becomes 0 and its 98th 1, and cuts off what lies
/// beyond [WD]. A picture without contrast becomes 1/2.
void rescale_contrast(std::span<float> picture);

}  // namespace phaseloom
