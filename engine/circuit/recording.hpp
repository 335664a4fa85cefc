// SPDX-License-Identifier: MIT
#pragma once
// The engine's own run of one sample, kept step by step: what a circuit is compared with, and what
// drives the edge of a piece that is cut out of the network.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "engine/dynamics/run_settings.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/program.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

struct RecordedRun {
  int steps_per_chunk = 0;
  int units = 0;               ///< label oscillators included
  int grid = 0;                ///< units that noise shakes: those of the grid
  std::vector<float> states;   ///< [step][unit], from the start to the end
  double noise = 0;            ///< of bath and phase noise: states per square root of a time unit
  std::vector<float> shaking;  ///< [step][unit of the grid]: what it adds to the rate in that step

  std::span<const float> state(int step) const {
    return std::span(states).subspan(static_cast<std::size_t>(step) * units, units);
  }
  std::span<const float> at_chunk(int chunk) const { return state(chunk * steps_per_chunk); }
  float shake(int step, int unit) const {
    return shaking[static_cast<std::size_t>(step) * grid + unit];
  }
};

/// Runs sample settings.first_sample. Throws Error if it diverges.
/// @param go_on asked after each step; false: Cancelled is thrown
RecordedRun record(const Program& program, const Hardware& hardware, const RunSettings& settings,
                   ThreadPool& pool, const std::function<bool()>& go_on = {});

}  // namespace phaseloom
