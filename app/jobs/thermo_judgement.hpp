// SPDX-License-Identifier: MIT
#pragma once
// What a classifier makes of the thermodynamic computer's pictures: which classes, how many of them
// are negatives, how many nothing in particular.

#include <array>
#include <span>

#include "engine/metrics/classifier.hpp"

namespace phaseloom {

/// A picture is mixed if it is read with no more than this probability, and its negative, too (*).
inline constexpr float kMixedConfidence = 0.9F;

struct ThermoJudgement {
  std::array<int, kClasses> classes{};  ///< pictures, by the likeliest class as they are
  int inverted = 0;                     ///< whose negative is read with more confidence
  int mixed = 0;
  /// Whose rim of two pixels, where digits have no ink, is brighter than what it encloses (*):
  /// where the classifier is sure of a picture and of its negative, too, this tells them apart.
  int light_ground = 0;

  ThermoJudgement& operator+=(const ThermoJudgement& more);
};

/// pictures [picture][pixel] in [0, 1], of the size that the classifier judges.
ThermoJudgement judge_thermo(std::span<const float> pictures, const Classifier& classifier,
                             ThreadPool& pool);

}  // namespace phaseloom
