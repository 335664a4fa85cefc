// SPDX-License-Identifier: MIT
#pragma once
// The forward step, as the live view and `sample` take it.

#include "engine/dynamics/simulator.hpp"

namespace phaseloom {

class StepScene {
 public:
  StepScene(const Program& program, const Hardware& hardware, int lanes, int threads);

  /// Seconds for all steps of the program, from fresh noise.
  double run();
  /// Useful operations of a run, see coupling_flops().
  double flops() const;
  int threads() const { return pool_.threads(); }
  const Simulator& simulator() const { return simulator_; }

 private:
  ThreadPool pool_;
  Simulator simulator_;
};

/// Seconds of a plain loop for as much work as a run of StepScene with `lanes` samples. Measured on
/// a step of a few samples and scaled.
double naive_run(const Program& program, int lanes);

/// Largest difference of a state between the plain loop and the engine after a step from the same
/// noise, in rad: that both compute the same thing.
double naive_difference(const Program& program);

/// Bytes that a network of this kind and one block of samples keep in memory.
struct StepMemory {
  std::size_t topology, packed, state;
  std::size_t total() const { return topology + packed + state; }
};
StepMemory step_memory(const Program& program);

}  // namespace phaseloom
