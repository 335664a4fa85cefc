// SPDX-License-Identifier: MIT
#pragma once
// How a picture dissolves into noise [GTC], in the way that [WD] specifies: from x = 0 units are
// held for t_f by a force towards the picture, and hidden ones by its random projection; then the
// force fades, and what is left is thermal motion in the potential of the units alone. The computer
// is trained to run the second part backwards.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/support/parallel.hpp"
#include "engine/thermo/panels.hpp"

namespace phaseloom {

/// A picture with zero mean and unit variance, the pattern s of the papers. Throws Error naming
/// `source` if all pixels are equal.
std::vector<double> normalised_picture(std::span<const float> pixels, std::string_view source);

/// The fixed random projection P, [visible][hidden], with entries of N(0, 1 / visible); the hidden
/// units' pattern is P^T s.
class Projection {
 public:
  Projection(const ThermoSetup& setup, std::uint64_t seed);
  /// Patterns of all units, (s, P^T s).
  std::vector<double> patterns(std::span<const double> picture) const;

 private:
  int visible_, hidden_;
  std::vector<double> entries_;
};

/// Draws noising paths: states at 0, dt, ..., t_f since the force began to fade. The Wiener
/// increments are those of the simulator (fill_normals()), a function of the seed, the path's
/// number and the unit.
template <class Real>
class Noising {
 public:
  Noising(const ThermoSetup& setup, std::uint64_t seed) : setup_(setup), seed_(seed) {}
  /// @param patterns of all units
  /// @param number of the path among all of a training, below 2^31
  /// @param path of setup.steps() + 1 times; assigned
  void draw(std::span<const double> patterns, std::uint32_t number, PanelPath<Real>& path,
            ThreadPool& pool) const;

 private:
  ThermoSetup setup_;
  std::uint64_t seed_;
};

/// Factor of the force, `time` after it began to fade.
double noising_ramp(const ThermoSetup& setup, double time);

extern template class Noising<float>;
extern template class Noising<double>;

}  // namespace phaseloom
