// SPDX-License-Identifier: MIT
#pragma once
// The thermodynamic computer [GTC] with the constants of [WD]: Langevin units of which some are
// seen, all coupled to hidden ones, that turn thermal noise into pictures. Energies are in units of
// E0 and times in 1 / (mobility E0), so that neither occurs below.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/network/program.hpp"

namespace phaseloom {

struct ThermoSetup {
  PictureShape picture{28, 28, 1};  ///< a visible unit for each of its values
  int hidden = 512;
  double j2 = 1, j4 = 1;        ///< potential of a unit alone: J2 x^2 + J4 x^4; J4 > 0
  double temperature = 0.1;     ///< kT, > 0
  double duration = 2.5;        ///< t_f: of thermalisation, of generation, of both parts of noising
  double dt = 1e-3;             ///< Euler-Maruyama; divides the duration
  double drive = 2;             ///< force that a pixel of 1 exerts on its unit while noising begins
  double released = 0.75;       ///< part of the duration after which that force is gone
  bool visible_biases = false;  ///< trained, too; the papers keep them at 0
  /// Held units, one for each prototype (*): at +1 when its picture is wanted, else at -1. All
  /// units that have a bias listen to them. The papers have none.
  int labels = 0;
  /// Hidden units begin as rivals (*): each pair with a coupling of this / hidden, which learning
  /// goes on from; their sum is kept small then. The papers begin with 0.
  double competition = 0;

  int visible() const { return picture.size(); }
  int units() const { return visible() + hidden; }  ///< that move
  int steps() const;                                ///< duration / dt
  bool operator==(const ThermoSetup&) const = default;
};

inline constexpr int kMaxThermoVisible = 4096, kMaxThermoHidden = 4096;
inline constexpr std::int64_t kMaxPathNumbers = 100'000'000;  ///< units x steps, kept in memory

/// Throws Error naming the first field that is out of range and its range.
void validate(const ThermoSetup& setup);

/// What is trained: symmetric couplings, each kept with its hidden end as the column, and biases.
/// V = sum_i (J2 x_i^2 + J4 x_i^4 + b_i x_i) + sum_(ij) J_ij x_i x_j.
template <class Real>
struct ThermoParameters {
  int visible = 0, hidden = 0;
  /// [visible + hidden][hidden]: J_ih. Its last rows are symmetric, with a diagonal of 0; visible
  /// units do not couple to each other.
  std::vector<Real> couplings;
  std::vector<Real> bias;  ///< [visible + hidden]
  int labels = 0;
  std::vector<Real> label_couplings;  ///< [label][visible + hidden], at work as biases

  int units() const { return visible + hidden; }
  Real& coupling(int unit, int h) { return couplings[std::size_t(unit) * hidden + h]; }
  Real& label_coupling(int label, int unit) {
    return label_couplings[std::size_t(label) * bias.size() + std::size_t(unit)];
  }
  Real label_coupling(int label, int unit) const {
    return label_couplings[std::size_t(label) * bias.size() + std::size_t(unit)];
  }
  Real coupling(int unit, int h) const { return couplings[std::size_t(unit) * hidden + h]; }
};

/// All 0.
template <class Real>
ThermoParameters<Real> make_thermo_parameters(const ThermoSetup& setup);
/// What a training begins with: 0 but for competition.
ThermoParameters<float> first_thermo_parameters(const ThermoSetup& setup);

/// Root mean square of the couplings, each pair counted once.
template <class Real>
double coupling_rms(const ThermoParameters<Real>& parameters);

/// Who couples to whom: visible to hidden and hidden to hidden, both ways.
std::shared_ptr<const Topology> thermo_topology(const ThermoSetup& setup);

/// The computer with these parameters, in two chunks: from x = 0 it comes to thermal equilibrium
/// under the potential of the units alone, then runs under all of V for as long.
Program thermo_program(const ThermoSetup& setup, const ThermoParameters<float>& parameters);

extern template struct ThermoParameters<float>;
extern template struct ThermoParameters<double>;

}  // namespace phaseloom
