// SPDX-License-Identifier: MIT
#pragma once
// What one writes first: a midpoint step of kuramoto_shil straight from its equation, with a sine
// for every coupling and sample. Compiled with the project's ordinary flags.

#include <span>
#include <vector>

#include "engine/network/program.hpp"

namespace phaseloom {

class NaiveStep {
 public:
  explicit NaiveStep(const Program& program, int lanes)
      : program_(program),
        lanes_(lanes),
        rate_(std::size_t(program.topology->units()) * lanes),
        middle_(rate_) {}

  /// x is [unit][lane].
  void step(std::span<float> x, int chunk, float dt);

 private:
  void rate(std::span<const float> x, int chunk);

  const Program& program_;
  int lanes_;
  std::vector<float> rate_, middle_;
};

}  // namespace phaseloom
