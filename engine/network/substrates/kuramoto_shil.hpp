// SPDX-License-Identifier: MIT
#pragma once
// Kuramoto oscillators under sub-harmonic injection locking of order 2 [AIS]:
//   dθ_i/dt = ω_i + Σ_j W_ij sin(θ_j − θ_i) + p_i cos θ_i − q_i sin θ_i − S_i sin 2θ_i.
// p and q are a first-order injection A sin(φ − θ) in Cartesian form: a learnable bias.

#include <cmath>

#include "engine/network/substrates/kuramoto.hpp"

namespace phaseloom {

struct KuramotoShil {
  static constexpr int channels = 2;
  static constexpr bool reads_state = false;  ///< rate and slope need x itself, not only y
  static constexpr UnitParameter parameters[] = {
      {"omega", "natural frequency ω, in rad per time unit: how fast the oscillator turns alone",
       0},
      {"p", "cosine part p of the first-order injection: pulls the phase towards π/2", 0},
      {"q", "sine part q of the first-order injection: pulls the phase towards 0", 0},
      {"shil", "sub-harmonic injection S: pulls the phase towards 0 or π, whichever is nearer", 0}};
  static constexpr SubstrateInfo info{
      "kuramoto_shil",
      "SHIL",
      "dθ_i/dt = ω_i + Σ_j W_ij sin(θ_j − θ_i) + p_i cos θ_i − q_i sin θ_i − S_i sin 2θ_i",
      true,
      channels,
      parameters};

  static constexpr Formula formula{"omega+p*cos(x)-q*sin(x)-shil*sin(2*x)",
                                   Kuramoto::formula.coupled, Kuramoto::sums};

  template <class M, class V = typename M::V>
  static void encode(V x, V* y) {
    Kuramoto::encode<M>(x, y);
  }

  template <class M, class V = typename M::V>
  static V rate(V, const V* y, const V* field, const V* p) {
    return p[0] + y[1] * (field[0] + p[1]) - y[0] * (field[1] + p[2] + V(p[3] + p[3]) * y[1]);
  }

  template <class M, class V = typename M::V>
  static V slope(V, const V* y, const V* field, const V* p) {
    // d(sin 2θ)/dθ = 2 cos 2θ = 2 (cos² − sin²)
    const V cos_two = y[1] * y[1] - y[0] * y[0];
    return -(y[0] * (field[0] + p[1]) + y[1] * (field[1] + p[2]) + V(p[3] + p[3]) * cos_two);
  }

  template <class M, class V = typename M::V>
  static void pull_field(const V* y, V lambda, V* g) {
    Kuramoto::pull_field<M>(y, lambda, g);
  }
  template <class M, class V = typename M::V>
  static void pull_parameters(const V* y, V lambda, V* p_bar) {
    p_bar[0] = lambda;
    p_bar[1] = lambda * y[1];
    p_bar[2] = -(lambda * y[0]);
    p_bar[3] = p_bar[2] * V(y[1] + y[1]);
  }
  template <class M, class V = typename M::V>
  static V pull_encode(const V* y, const V* h) {
    return Kuramoto::pull_encode<M>(y, h);
  }

  static void send(double x, double* y) { Kuramoto::send(x, y); }
  static double energy(double x, const double* p) {
    return -p[0] * x - p[1] * std::sin(x) - p[2] * std::cos(x) - p[3] / 2 * std::cos(2 * x);
  }
  static constexpr double coupling_sign = -1;
};

}  // namespace phaseloom
