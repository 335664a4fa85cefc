// SPDX-License-Identifier: MIT
#pragma once
// One Langevin unit between two wells, V(x) = J2 x² + J4 x⁴ with J2 < 0 < J4, mobility 1, at the
// temperature kT: where it is found, and how long it stays on one side.

namespace phaseloom {

struct DoubleWell {
  double j2 = -1, j4 = 1;

  double potential(double x) const { return x * x * (j2 + j4 * x * x); }
  /// Whether there are two wells: J2 < 0 < J4. The others need it.
  bool two() const { return j2 < 0 && j4 > 0; }
  double minimum() const;  ///< the well at x > 0: sqrt(−J2 / 2 J4)
  double barrier() const;  ///< ΔV = J2² / 4 J4
  /// Mean time until it has crossed the barrier and is in the other well (H. A. Kramers, Physica 7,
  /// 1940): 2π / sqrt(V″(x_min) |V″(0)|) exp(ΔV/kT), for ΔV well above kT. Of all crossings of the
  /// top half end so; kT > 0.
  double escape_time(double temperature) const;
  /// The same exactly: the mean first passage from the bottom of one well to that of the other,
  /// 1/kT ∫ dy exp(V(y)/kT) ∫_{−∞}^{y} dz exp(−V(z)/kT), y from one to the other.
  double passage_time(double temperature) const;
};

/// The weight of a place in equilibrium, exp(−V(x)/kT), normalised over x; of kT > 0 and J4 > 0.
class BoltzmannDensity {
 public:
  BoltzmannDensity(const DoubleWell& well, double temperature);
  double operator()(double x) const;
  /// Probability of [low, high].
  double mass(double low, double high) const;

 private:
  DoubleWell well_;
  double temperature_, lowest_, norm_ = 1;
};

}  // namespace phaseloom
