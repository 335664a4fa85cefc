// SPDX-License-Identifier: MIT
#pragma once
// The thermodynamic computer of the papers' size: a cycle of its training, and samples from it.

#include "engine/dynamics/simulator.hpp"
#include "engine/thermo/thermo_training.hpp"

namespace phaseloom {

/// Cycles of the batch rule over three pictures.
class ThermoTrainScene {
 public:
  explicit ThermoTrainScene(int threads);
  double cycle();  ///< seconds
  /// Operations of a cycle's products: the forces along each path, and the gradients.
  double cycle_flops() const;

 private:
  ThreadPool pool_;
  ThermoPlan plan_;
  ThermoTrainer trainer_;
};

/// Samples over a tenth of the papers' time, with random couplings.
class ThermoRunScene {
 public:
  ThermoRunScene(int samples, int threads);
  double run();  ///< seconds
  /// Operations of its couplings: none in the first half, where units are by themselves.
  double flops() const;
  static constexpr int kShorter = 10;  ///< times a whole run is longer

 private:
  ThreadPool pool_;
  Simulator simulator_;
};

}  // namespace phaseloom
