// SPDX-License-Identifier: MIT
#pragma once
// Ring oscillators of transistors, as phases: the sine of the coupling is replaced by the curve
// that is measured on such rings (docs/circuit_rings.md, assets/circuit/ring.json):
//   dθ_i/dt = ω_i + Σ_j W_ij Γ(θ_j − θ_i) + p_i cos θ_i − q_i sin θ_i − S_i sin 2θ_i,
//   Γ(φ) = Σ_k s_k sin kφ + c_k cos kφ, k = 1, 2; s_1² + c_1² = 1.
// Harmonics above the second are below 1 %. The constant c_0 is a detuning that is trimmed away
// with ω. Injection by sinusoidal currents is a sine exactly.
//
// A unit sends (sin θ, cos θ, sin 2θ, cos 2θ): twice as many sums as for a sine.

#include <type_traits>
#include <utility>

#include "engine/network/substrates/kuramoto_shil.hpp"

namespace phaseloom {

/// Coupled by resistors from like node to like node: the curve lags by 24 degrees.
struct ResistorCurve {
  static constexpr double sine[2] = {0.91323, -0.01515}, cosine[2] = {-0.40744, 0.00519};
  static constexpr SubstrateInfo info{
      "ring_resistor",
      "Rings, R",
      "dθ_i/dt = ω_i + Σ_j W_ij Γ(θ_j − θ_i) + p_i cos θ_i − q_i sin θ_i − S_i sin 2θ_i, Γ of "
      "rings coupled by resistors",
      true,
      4,
      KuramotoShil::parameters,
      KuramotoShil::info.chunk_duration,
      0};
};

/// With a capacitor in parallel to each resistor, which takes the lag away.
struct ResistorCapacitorCurve {
  static constexpr double sine[2] = {1, -0.01806}, cosine[2] = {0, -0.00760};
  static constexpr SubstrateInfo info{
      "ring_resistor_capacitor",
      "Rings, RC",
      "dθ_i/dt = ω_i + Σ_j W_ij Γ(θ_j − θ_i) + p_i cos θ_i − q_i sin θ_i − S_i sin 2θ_i, Γ of "
      "rings coupled by resistors with capacitors",
      true,
      4,
      KuramotoShil::parameters,
      KuramotoShil::info.chunk_duration,
      0};
};

/// As an element of V, a number or a vector of numbers.
template <class V>
constexpr auto scalar(double value) {
  if constexpr (std::is_floating_point_v<V>)
    return static_cast<V>(value);
  else
    return static_cast<std::remove_cvref_t<decltype(std::declval<V>()[0])>>(value);
}

template <class Curve>
struct Ring {
  static constexpr int channels = 4;
  static constexpr bool reads_state = false;
  static constexpr auto& parameters = KuramotoShil::parameters;
  static constexpr const SubstrateInfo& info = Curve::info;

  static constexpr FormulaNumber numbers[] = {{"s1", Curve::sine[0]},
                                              {"s2", Curve::sine[1]},
                                              {"c1", Curve::cosine[0]},
                                              {"c2", Curve::cosine[1]}};
  static constexpr FormulaSum sums[] = {
      {"sin(y)", [](double y) { return std::sin(y); }, "(s1*cos(x)+c1*sin(x))"},
      {"cos(y)", [](double y) { return std::cos(y); }, "(c1*cos(x)-s1*sin(x))"},
      {"sin(2*y)", [](double y) { return std::sin(2 * y); }, "(s2*cos(2*x)+c2*sin(2*x))"},
      {"cos(2*y)", [](double y) { return std::cos(2 * y); }, "(c2*cos(2*x)-s2*sin(2*x))"}};
  static constexpr Formula formula{KuramotoShil::formula.alone,
                                   "W*(s1*sin(y-x)+c1*cos(y-x)+s2*sin(2*(y-x))+c2*cos(2*(y-x)))",
                                   sums, numbers};

  template <class M, class V = typename M::V>
  static void encode(V x, V* y) {
    M::sin_cos(x, y[0], y[1]);
    y[2] = V(y[0] + y[0]) * y[1];
    y[3] = y[1] * y[1] - y[0] * y[0];
  }

  template <class M, class V = typename M::V>
  static V rate(V, const V* y, const V* field, const V* p) {
    V sum = p[0] + y[1] * p[1] - y[0] * p[2] - p[3] * y[2];
    for (int k = 0; k < 2; ++k) {
      const V sine = y[2 * k], cosine = y[2 * k + 1];
      sum += (cosine * field[2 * k] - sine * field[2 * k + 1]) * scalar<V>(Curve::sine[k]) +
             (cosine * field[2 * k + 1] + sine * field[2 * k]) * scalar<V>(Curve::cosine[k]);
    }
    return sum;
  }

  template <class M, class V = typename M::V>
  static V slope(V, const V* y, const V* field, const V* p) {
    V sum = -(y[0] * p[1] + y[1] * p[2] + V(p[3] + p[3]) * y[3]);
    for (int k = 0; k < 2; ++k) {
      const V sine = y[2 * k], cosine = y[2 * k + 1];
      sum +=
          (cosine * field[2 * k] - sine * field[2 * k + 1]) *
              scalar<V>((k + 1) * Curve::cosine[k]) -
          (cosine * field[2 * k + 1] + sine * field[2 * k]) * scalar<V>((k + 1) * Curve::sine[k]);
    }
    return sum;
  }

  template <class M, class V = typename M::V>
  static void pull_field(const V* y, V lambda, V* g) {
    for (int k = 0; k < 2; ++k) {
      const V sine = y[2 * k], cosine = y[2 * k + 1];
      g[2 * k] = lambda * (cosine * scalar<V>(Curve::sine[k]) + sine * scalar<V>(Curve::cosine[k]));
      g[2 * k + 1] =
          lambda * (cosine * scalar<V>(Curve::cosine[k]) - sine * scalar<V>(Curve::sine[k]));
    }
  }
  template <class M, class V = typename M::V>
  static void pull_parameters(const V* y, V lambda, V* p_bar) {
    p_bar[0] = lambda;
    p_bar[1] = lambda * y[1];
    p_bar[2] = -(lambda * y[0]);
    p_bar[3] = -(lambda * y[2]);
  }
  template <class M, class V = typename M::V>
  static V pull_encode(const V* y, const V* h) {
    const V second = y[3] * h[2] - y[2] * h[3];
    return y[1] * h[0] - y[0] * h[1] + V(second + second);
  }
};

using RingResistor = Ring<ResistorCurve>;
using RingResistorCapacitor = Ring<ResistorCapacitorCurve>;

}  // namespace phaseloom
