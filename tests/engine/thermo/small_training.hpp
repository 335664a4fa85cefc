// SPDX-License-Identifier: MIT
#pragma once
// Two pictures of bars, and a computer small enough to learn them in a test.

#include "engine/thermo/thermo_training.hpp"

namespace phaseloom {

inline std::vector<Prototype> bar_prototypes() {
  Prototype upright{"upright", std::vector<float>(100)}, lying{"lying", std::vector<float>(100)};
  for (std::size_t k = 0; k < 100; ++k) {
    upright.pixels[k] = k % 10 >= 4 && k % 10 < 6 ? 1.0F : 0.0F;
    lying.pixels[k] = k / 10 >= 4 && k / 10 < 6 ? 1.0F : 0.0F;
  }
  return {upright, lying};
}

/// Coarse steps: 250 instead of 2,500.
inline ThermoPlan small_plan() {
  ThermoPlan plan;
  plan.setup.picture = {10, 10, 1};
  plan.setup.hidden = 40;
  plan.setup.dt = 0.01;
  plan.rate = 4e-3;
  plan.cycles = 4;
  return plan;
}

}  // namespace phaseloom
