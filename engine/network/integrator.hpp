// SPDX-License-Identifier: MIT
#pragma once
// Explicit one-step methods whose every stage depends on the one before it only:
//   k_i = f(x + dt a_i k_(i-1)),   x' = x + dt sum_i b_i k_i.
// Additive noise enters as a rate held constant over the step (sigma dW / dt in every k_i); with
// Heun this is the stochastic Heun scheme, which converges to the Stratonovich solution.

#include <array>
#include <string_view>

namespace phaseloom {

enum class Integrator { euler, midpoint, heun, rk4 };

struct Tableau {
  std::string_view name;
  int stages;
  int order;
  std::array<double, 4> a;  ///< a[0] == 0
  std::array<double, 4> b;
};

inline constexpr std::array<Tableau, 4> kTableaus{{
    {"euler", 1, 1, {0}, {1}},
    {"midpoint", 2, 2, {0, 0.5}, {0, 1}},
    {"heun", 2, 2, {0, 1}, {0.5, 0.5}},
    {"rk4", 4, 4, {0, 0.5, 0.5, 1}, {1 / 6., 1 / 3., 1 / 3., 1 / 6.}},
}};

constexpr const Tableau& tableau(Integrator method) {
  return kTableaus[static_cast<std::size_t>(method)];
}

/// The integrator of that name. Throws Error listing the known names.
Integrator integrator_named(std::string_view name);

}  // namespace phaseloom
