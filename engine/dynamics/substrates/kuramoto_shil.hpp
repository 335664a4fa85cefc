#pragma once
// Kuramoto oscillators under sub-harmonic injection locking of order 2 (SPEC section 1, [AIS]):
//   dθ_i = ω_i + Σ_j W_ij sin(θ_j − θ_i) + p_i cos θ_i − q_i sin θ_i − S_i sin 2θ_i.
// p and q are a first-order injection A sin(φ − θ) in Cartesian form: a learnable bias.

#include "engine/dynamics/substrates/kuramoto.hpp"

namespace phaseloom {

struct KuramotoShil {
  static constexpr int channels = 2;
  static constexpr UnitParameter parameters[] = {
      {"omega", "natural frequency ω, in rad per time unit: how fast the oscillator turns alone",
       0},
      {"p", "cosine part p of the first-order injection: pulls the phase towards π/2", 0},
      {"q", "sine part q of the first-order injection: pulls the phase towards 0", 0},
      {"shil", "sub-harmonic injection S: pulls the phase towards 0 or π, whichever is nearer", 0}};
  static constexpr SubstrateInfo info{
      "kuramoto_shil",
      "dθ_i = ω_i + Σ_j W_ij sin(θ_j − θ_i) + p_i cos θ_i − q_i sin θ_i − S_i sin 2θ_i", true,
      channels, parameters};

  template <class M, class V = typename M::V>
  static void encode(V x, V* y) {
    Kuramoto::encode<M>(x, y);
  }

  template <class M, class V = typename M::V>
  static V rate(V, const V* y, const V* field, const V* p) {
    return p[0] + y[1] * (field[0] + p[1]) - y[0] * (field[1] + p[2] + V(p[3] + p[3]) * y[1]);
  }

  template <class M, class V = typename M::V>
  static void pull_field(V x, const V* y, V lambda, V* g) {
    Kuramoto::pull_field<M>(x, y, lambda, g);
  }

  template <class M, class V = typename M::V>
  static V pull(V, const V* y, const V* field, const V* p, V lambda, V* p_bar) {
    const V sin_lambda = lambda * y[0], cos_lambda = lambda * y[1];
    const V two_sc = sin_lambda * (y[1] + y[1]);
    p_bar[0] = lambda;
    p_bar[1] = cos_lambda;
    p_bar[2] = -sin_lambda;
    p_bar[3] = -two_sc;
    // d(sin 2θ)/dθ = 2 cos 2θ = 2 (cos² − sin²)
    const V cos_two = cos_lambda * y[1] - sin_lambda * y[0];
    return -(sin_lambda * (field[0] + p[1]) + cos_lambda * (field[1] + p[2]) +
             V(p[3] + p[3]) * cos_two);
  }

  template <class M, class V = typename M::V>
  static V pull_encode(V x, const V* y, const V* h) {
    return Kuramoto::pull_encode<M>(x, y, h);
  }
};

}  // namespace phaseloom
