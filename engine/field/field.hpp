// SPDX-License-Identifier: MIT
#pragma once
// Up to a million phase oscillators on a torus that all listen through the same kernel
// (settings.hpp has the equation). A network of that size would need as many weights as couplings;
// here they are the few of the kernel, and each step is two convolutions.

#include <complex>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/field/brush.hpp"
#include "engine/field/defects.hpp"
#include "engine/field/settings.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// Phases are in rad within -π..π (up to rounding), row by row: [height][width]. Results are the
/// same bits for any number of threads. One thread at a time may use it, whichever; another one
/// that shows it gets copies. Once warm, stepping allocates nothing.
class Field {
 public:
  /// @param pool stays alive as long as the field; it is in use during calls only.
  /// Throws Error as validate() does.
  Field(const FieldSettings& settings, ThreadPool& pool);
  ~Field();
  Field(Field&&) noexcept;
  Field& operator=(Field&&) noexcept;

  /// Counts from the next step, phases and time are kept; a new seed or start from the next
  /// restart(). Throws Error as validate() does, or if width or height is another one.
  void set_settings(const FieldSettings& settings);
  const FieldSettings& settings() const;

  /// Phases and frequencies of the settings' seed; steps() becomes 0.
  void restart();
  /// Other phases: width x height of them, any finite numbers up to 10^5 in size. Throws Error.
  void set(std::span<const float> phases);
  /// Throws Error if the brush is out of range.
  void disturb(double x, double y, double radius, Disturbance what);
  void step(int steps = 1);

  std::int64_t steps() const;  ///< since the restart
  double time() const;         ///< since then, in time units
  std::vector<float> phases() const;
  /// The same into an array of that size.
  void read_phases(std::span<float> out) const;
  std::vector<float> frequencies() const;  ///< ω of each place, in rad per time unit

  /// Mean of exp(iθ) over all places.
  std::complex<double> mean_field() const;
  /// Its size, Kuramoto's r in 0..1 [KUR].
  double order_parameter() const { return std::abs(mean_field()); }
  /// Of each place -K/2 Σ_j k(j - i) cos(θ_j - θ_i) - S/2 cos 2θ_i: what rates, apart from
  /// frequencies and noise, go down the gradient of, in rad per time unit.
  void read_energy(std::span<float> out) const;
  double energy() const;  ///< sum over all places
  std::vector<Defect> defects() const;
  DefectCount defect_count() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace phaseloom
