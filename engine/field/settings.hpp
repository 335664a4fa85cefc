// SPDX-License-Identifier: MIT
#pragma once
// What a field is: its equation's constants and how it is stepped.
//   dθ_i/dt = ω_i + K Σ_j k(j - i) sin(θ_j - θ_i) - S sin 2θ_i + σ dw_i/dt
// on a torus of width x height places. This is the lattice of [SSK], with any kernel k in place of
// nearest neighbours [KB]; without ω and S it is the overdamped XY model [KT] at the temperature
// kT = σ^2 / 2, in units in which two neighbours couple with J = K k. S is injection locking [AIS].

#include <array>
#include <cstdint>
#include <numbers>
#include <string_view>

#include "engine/field/coupling_kernel.hpp"
#include "engine/field/limits.hpp"
#include "engine/network/integrator.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

/// How natural frequencies are distributed around 0: a mean is a matter of the frame, except under
/// injection, which is locked to the frame (*).
enum class FrequencyShape {
  gaussian,    ///< the spread is the standard deviation
  lorentzian,  ///< the spread is the half-width; cut at kLorentzianCut times that
};

template <>
struct Names<FrequencyShape> {
  static constexpr std::string_view kind = "distribution of frequencies";
  static constexpr std::array<std::string_view, 2> all{"gaussian", "lorentzian"};
};

/// Beyond are 0.6 % of a Lorentzian, which turn so fast that they feel nobody (*).
inline constexpr double kLorentzianCut = 100;

struct FieldSettings {
  int width = 512, height = 512;  ///< places, kMinFieldSide..kMaxFieldSide
  KernelSettings kernel;          ///< its square, 2 radius + 1 wide, fits the torus
  double coupling = 1;            ///< K in rad per time unit, -100..100
  double injection = 0;           ///< S in rad per time unit, 0..100: pulls to 0 or π
  FrequencyShape frequencies = FrequencyShape::gaussian;
  double spread = 0;       ///< of the natural frequencies, in rad per time unit, 0..10
  double noise = 0;        ///< σ in rad per square root of a time unit, 0..10
  double dt = 0.1;         ///< a step's length in time units, 1e-4..1
  std::uint64_t seed = 1;  ///< of phases, frequencies, noise and disturbances
  /// Phases begin uniform within plus or minus this, in rad, 0..π; 0: all equal.
  double start_width = std::numbers::pi;
  Integrator integrator = Integrator::midpoint;

  int places() const { return width * height; }
  bool operator==(const FieldSettings&) const = default;
};

/// Throws Error naming the first value that is out of range and its range.
void validate(const FieldSettings& settings);

}  // namespace phaseloom
