// SPDX-License-Identifier: MIT
#pragma once
// Steps of a field as the laboratory takes them, and the same by a plain loop.

#include <vector>

#include "engine/field/field.hpp"

namespace phaseloom {

/// All of the equation (frequencies, injection, noise), midpoint steps, and a Gaussian over 13 x 13
/// places.
FieldSettings measured_field(int side);

class FieldScene {
 public:
  FieldScene(int side, int threads);

  double step();  ///< seconds of a step, the mean of a few
  const Field& field() const { return field_; }

 private:
  ThreadPool pool_;
  Field field_;
};

/// The same equation without noise, which is no matter of couplings: a loop over all places, their
/// neighbours within the kernel's radius, and a sine for each of them, on one core.
class DirectField {
 public:
  /// Begins as `field` is.
  explicit DirectField(const Field& field);

  void step();  ///< midpoint
  const std::vector<float>& phases() const { return phases_; }

 private:
  void find_rates(const std::vector<float>& phases);

  FieldSettings settings_;
  int radius_;
  std::vector<float> weights_;       // [2 radius + 1][2 radius + 1]
  std::vector<int> columns_, rows_;  // round the torus, radius more at both ends
  std::vector<float> frequencies_, phases_, middle_, rates_;
};

/// Seconds of a step of a field of that side by DirectField. Measured on a smaller one and scaled.
double direct_step(int side);

}  // namespace phaseloom
