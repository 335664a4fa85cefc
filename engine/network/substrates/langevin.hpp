// SPDX-License-Identifier: MIT
#pragma once
// Overdamped Langevin units in a quartic potential [GTC]: dx = −∂V/∂x dt + noise
// with V = Σ_i (J2_i x_i² + J4_i x_i⁴ + b_i x_i) + Σ_(ij) J_ij x_i x_j and mobility μ = 1. The
// noise is that of the run's temperature, σ = sqrt(2 kT), on ideal hardware too. V is a potential
// only if the couplings are tied.

#include <cmath>

#include "engine/network/formula.hpp"
#include "engine/network/substrate.hpp"

namespace phaseloom {

struct Langevin {
  static constexpr int channels = 1;
  static constexpr bool reads_state = true;  ///< rate and slope need x itself, not only y
  static constexpr UnitParameter parameters[] = {
      {"j2", "quadratic part J2 of the potential", 1},
      {"j4", "quartic part J4 of the potential: keeps a unit finite if it is > 0", 1, 0.05F},
      {"bias", "linear part b of the potential: pushes a unit towards −b", 0}};
  /// Made for noise: it carries no points.
  static constexpr SubstrateInfo info{
      "langevin", "Langevin", "dx_i/dt = −(2 J2_i x_i + 4 J4_i x_i³ + b_i + Σ_j J_ij x_j)",
      false,      channels,   parameters,
      0.1,        0};

  static constexpr FormulaSum sums[] = {{.sent = "y", .factor = "(-1)"}};
  static constexpr Formula formula{"-(2*j2*x+4*j4*x*x*x+bias)", "-W*y", sums};

  template <class M, class V = typename M::V>
  static void encode(V x, V* y) {
    y[0] = x;
  }

  template <class M, class V = typename M::V>
  static V rate(V x, const V*, const V* field, const V* p) {
    return -(V(p[0] + p[0]) * x + V(p[1] * 4) * x * x * x + p[2] + field[0]);
  }

  /// d(rate)/dx of the unit alone, the field held.
  template <class M, class V = typename M::V>
  static V slope(V x, const V*, const V*, const V* p) {
    return -(p[0] + p[0] + V(p[1] * 12) * x * x);
  }

  template <class M, class V = typename M::V>
  static void pull_field(const V*, V lambda, V* g) {
    g[0] = -lambda;
  }
  template <class M, class V = typename M::V>
  static void pull_parameters(const V* y, V lambda, V* p_bar) {
    p_bar[0] = lambda * y[0] * -2;
    p_bar[1] = lambda * y[0] * y[0] * y[0] * -4;
    p_bar[2] = -lambda;
  }
  template <class M, class V = typename M::V>
  static V pull_encode(const V*, const V* h) {
    return h[0];
  }

  // Energy (lyapunov.hpp): the potential itself.
  static void send(double x, double* y) { y[0] = x; }
  static double energy(double x, const double* p) { return x * (x * (p[0] + p[1] * x * x) + p[2]); }
  static constexpr double coupling_sign = 1;
};

}  // namespace phaseloom
