// SPDX-License-Identifier: MIT
#pragma once
// A run of the thermodynamic computer, moment by moment: states, forces, and the heat that each
// sample has given off by then.

#include <functional>
#include <vector>

#include "engine/dynamics/simulator.hpp"

namespace phaseloom {

/// All arrays are [unit][lane].
struct ThermoMoment {
  double time = 0;  ///< since the couplings were switched on
  std::vector<float> state;
  std::vector<float> force;  ///< −∂V/∂x
  std::vector<double> heat;  ///< of each lane so far (heat.hpp), in the potential's unit
};

/// V of each lane under a chunk's parameters, from the force at that state: what couplings between
/// free units add to V is half of what they add to Σ x ∂V/∂x. The program must be a Langevin
/// network with an energy.
std::vector<double> potential_from_force(const Program& program, int chunk,
                                         std::span<const float> state, std::span<const float> force,
                                         int lanes);

/// Thermalises `lanes` samples, then shows `moments` >= 2 moments of the chunks whose heat counts,
/// evenly spaced in steps from their beginning to the end. Stops when `show` returns false. Throws
/// Error if a sample diverges, or as run_thermo() does.
void record_run(const Program& program, const Hardware& hardware, const RunSettings& settings,
                int lanes, int moments, ThreadPool& pool,
                const std::function<bool(ThermoMoment)>& show);

}  // namespace phaseloom
