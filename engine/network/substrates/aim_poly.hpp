// SPDX-License-Identifier: MIT
#pragma once
// Analog Ising machine with polynomial nonlinearity, the form of coherent Ising machines [BOHM],
// as we write it (*): dx_i/dt = a_i x_i − x_i³ + b_i + Σ_j W_ij x_j.

#include <cmath>

#include "engine/network/formula.hpp"
#include "engine/network/substrate.hpp"

namespace phaseloom {

struct AimPoly {
  static constexpr int channels = 1;
  static constexpr bool reads_state = true;  ///< rate and slope need x itself, not only y
  static constexpr UnitParameter parameters[] = {
      {"gain", "linear gain a: above 0 a unit alone has two rest states at ±√a", 0},
      {"bias", "bias b: prefers one of the two rest states", 0}};
  static constexpr SubstrateInfo info{
      "aim_poly", "AIM cubic", "dx_i/dt = a_i x_i − x_i³ + b_i + Σ_j W_ij x_j", false, channels,
      parameters, 0.2};

  static constexpr FormulaSum sums[] = {{"y"}};
  static constexpr Formula formula{"gain*x-x*x*x+bias", "W*y", sums};

  template <class M, class V = typename M::V>
  static void encode(V x, V* y) {
    y[0] = x;
  }

  template <class M, class V = typename M::V>
  static V rate(V x, const V*, const V* field, const V* p) {
    return p[1] + field[0] + x * (p[0] - x * x);
  }

  template <class M, class V = typename M::V>
  static V slope(V x, const V*, const V*, const V* p) {
    return p[0] - V(x + x + x) * x;
  }

  template <class M, class V = typename M::V>
  static void pull_field(const V*, V lambda, V* g) {
    g[0] = lambda;
  }
  template <class M, class V = typename M::V>
  static void pull_parameters(const V* y, V lambda, V* p_bar) {
    p_bar[0] = lambda * y[0];
    p_bar[1] = lambda;
  }
  template <class M, class V = typename M::V>
  static V pull_encode(const V*, const V* h) {
    return h[0];
  }

  // Energy (lyapunov.hpp).
  static void send(double x, double* y) { y[0] = x; }
  static double energy(double x, const double* p) {
    return x * (x * (x * x / 4 - p[0] / 2) - p[1]);
  }
  static constexpr double coupling_sign = -1;
};

}  // namespace phaseloom
