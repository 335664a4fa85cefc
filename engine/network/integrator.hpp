// SPDX-License-Identifier: MIT
#pragma once
// Explicit one-step methods whose every stage depends on the one before it only:
//   k_i = f(x + dt a_i k_(i-1)),   x' = x + dt sum_i b_i k_i.
// Additive noise enters as a rate held constant over the step (sigma dW / dt in every k_i); with
// Heun this is the stochastic Heun scheme, which converges to the Stratonovich solution.
//
// What has no such chain does not fit, neither here nor in the kernels, which keep the state, a sum
// and one stage, nor in their adjoint: stages that need several earlier ones (Dormand-Prince),
// estimates of the error and with them steps of changing length, rates that depend on time within a
// chunk, implicit stages, and splittings that treat parts of the rate in turn (BAOAB).

#include <array>
#include <string_view>

#include "engine/support/names.hpp"

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

template <>
struct Names<Integrator> {
  static constexpr std::string_view kind = "integrator";
  static constexpr auto all = names_in(kTableaus);
};

constexpr const Tableau& tableau(Integrator method) {
  return kTableaus[static_cast<std::size_t>(method)];
}

/// One stage of a step of length dt.
template <class Real>
struct StepStage {
  int index;
  bool last;
  Real at;  ///< dt a_i: the time since the step began
  Real a;   ///< dt a_(i+1): the next stage's state is x + a k_i; 0 for the last
  Real b;   ///< dt b_i: what k_i adds to the step
};

template <class Real>
constexpr StepStage<Real> stage_of(const Tableau& t, Real dt, int i) {
  const auto k = static_cast<std::size_t>(i);
  const bool last = i == t.stages - 1;
  return {i, last, dt * static_cast<Real>(t.a[k]),
          last ? Real(0) : dt * static_cast<Real>(t.a[k + 1]), dt * static_cast<Real>(t.b[k])};
}

/// Calls f(StepStage) for the stages of one step, in order.
template <class Real, class F>
constexpr void for_each_stage(const Tableau& t, Real dt, F&& f) {
  for (int i = 0; i < t.stages; ++i) f(stage_of(t, dt, i));
}

}  // namespace phaseloom
