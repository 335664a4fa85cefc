// SPDX-License-Identifier: MIT
#pragma once
// Analog Ising machine of integrators with saturating elements (*):
//   dx_i/dt = −x_i + b_i + Σ_j W_ij tanh(x_j).

#include <cmath>

#include "engine/network/formula.hpp"
#include "engine/network/substrate.hpp"

namespace phaseloom {

struct AimTanh {
  static constexpr int channels = 1;
  static constexpr bool reads_state = true;  ///< rate and slope need x itself, not only y
  static constexpr UnitParameter parameters[] = {
      {"bias", "bias b: the voltage at which a unit rests alone", 0}};
  /// A leak makes units forget within one time unit: half the usual time carries points.
  static constexpr SubstrateInfo info{
      "aim_tanh", "AIM tanh", "dx_i/dt = −x_i + b_i + Σ_j W_ij tanh(x_j)",
      false,      channels,   parameters,
      0.6,        2};

  static constexpr FormulaSum sums[] = {{"tanh(y)", [](double y) { return std::tanh(y); }}};
  static constexpr Formula formula{"bias-x", "W*tanh(y)", sums};

  template <class M, class V = typename M::V>
  static void encode(V x, V* y) {
    y[0] = M::tanh(x);
  }

  template <class M, class V = typename M::V>
  static V rate(V x, const V*, const V* field, const V* p) {
    return p[0] - x + field[0];
  }

  template <class M, class V = typename M::V>
  static V slope(V x, const V*, const V*, const V*) {
    return V(x - x) - 1;
  }

  template <class M, class V = typename M::V>
  static void pull_field(const V*, V lambda, V* g) {
    g[0] = lambda;
  }
  template <class M, class V = typename M::V>
  static void pull_parameters(const V*, V lambda, V* p_bar) {
    p_bar[0] = lambda;
  }
  template <class M, class V = typename M::V>
  static V pull_encode(const V* y, const V* h) {
    return h[0] - h[0] * y[0] * y[0];
  }

  // Energy (lyapunov.hpp), a function of y = tanh x: the integral of atanh from 0 to y is
  // x tanh x - ln cosh x.
  static void send(double x, double* y) { y[0] = std::tanh(x); }
  static double energy(double x, const double* p) {
    const double size = std::abs(x);  // ln cosh x without overflow
    const double log_cosh = size + std::log1p(std::exp(-2 * size)) - std::log(2.0);
    return x * std::tanh(x) - log_cosh - p[0] * std::tanh(x);
  }
  static constexpr double coupling_sign = -1;
};

}  // namespace phaseloom
