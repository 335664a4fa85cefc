// SPDX-License-Identifier: MIT
#pragma once
// Kuramoto oscillators [KUR]: dθ_i/dt = ω_i + Σ_j W_ij sin(θ_j − θ_i).
//
// sin(θ_j − θ_i) = sin θ_j cos θ_i − cos θ_j sin θ_i, so a unit sends y = (sin θ, cos θ), the
// couplings deliver the field a = Σ W_ij y_j, and the sum is a_0 cos θ_i − a_1 sin θ_i: no sine per
// coupling.
//
// The members are templates over M, the arithmetic of the instruction set (vector_math.hpp).

#include <cmath>

#include "engine/network/formula.hpp"
#include "engine/network/substrate.hpp"

namespace phaseloom {

struct Kuramoto {
  static constexpr int channels = 2;
  static constexpr bool reads_state = false;  ///< rate and slope need x itself, not only y
  static constexpr UnitParameter parameters[] = {
      {"omega", "natural frequency ω, in rad per time unit: how fast the oscillator turns alone",
       0}};
  static constexpr SubstrateInfo info{
      "kuramoto", "Kuramoto", "dθ_i/dt = ω_i + Σ_j W_ij sin(θ_j − θ_i)",
      true,       channels,   parameters};

  static constexpr FormulaSum sums[] = {
      {"sin(y)", [](double y) { return std::sin(y); }, "cos(x)"},
      {"cos(y)", [](double y) { return std::cos(y); }, "(-sin(x))"}};
  static constexpr Formula formula{"omega", "W*sin(y-x)", sums};

  template <class M, class V = typename M::V>
  static void encode(V x, V* y) {
    M::sin_cos(x, y[0], y[1]);
  }

  template <class M, class V = typename M::V>
  static V rate(V, const V* y, const V* field, const V* p) {
    return p[0] + (y[1] * field[0] - y[0] * field[1]);
  }

  /// d(rate)/dx of the unit alone, the field held.
  template <class M, class V = typename M::V>
  static V slope(V, const V* y, const V* field, const V*) {
    return -(y[0] * field[0] + y[1] * field[1]);
  }

  // Adjoint, lambda = dL/d(rate): g = dL/d(field), p_bar = dL/dp, and the part of dL/dx that comes
  // back from the neighbours, h = dL/dy.
  template <class M, class V = typename M::V>
  static void pull_field(const V* y, V lambda, V* g) {
    g[0] = lambda * y[1];
    g[1] = -(lambda * y[0]);
  }
  template <class M, class V = typename M::V>
  static void pull_parameters(const V*, V lambda, V* p_bar) {
    p_bar[0] = lambda;
  }
  template <class M, class V = typename M::V>
  static V pull_encode(const V* y, const V* h) {
    return y[1] * h[0] - y[0] * h[1];
  }

  // Energy (lyapunov.hpp): what a unit sends, and its part of the energy without couplings.
  static void send(double x, double* y) {
    y[0] = std::sin(x);
    y[1] = std::cos(x);
  }
  static double energy(double x, const double* p) { return -p[0] * x; }
  static constexpr double coupling_sign = -1;
};

}  // namespace phaseloom
