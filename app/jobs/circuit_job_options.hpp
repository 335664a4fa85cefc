// SPDX-License-Identifier: MIT
#pragma once
// What a check of a circuit in the background is done by.

#include <functional>

#include "engine/circuit/circuit_check.hpp"

namespace phaseloom {

struct CircuitJobOptions {
  /// check_circuit() of a folder that is there so long; empty: that, with ngspice as it is on PATH.
  std::function<CircuitCheck(const Circuit& circuit, const RecordedRun& recording,
                             const DeckOptions& options, const std::filesystem::path& folder,
                             const CircuitProgress& progress)>
      check;
  int threads = 0;  ///< of the engine's own run; 0: one per core
};

}  // namespace phaseloom
