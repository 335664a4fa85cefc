// SPDX-License-Identifier: MIT
#pragma once
// The inner loops of a field, over rows. Implemented in field_loops.isa.cpp, once per instruction
// set. As sin(θ_j - θ_i) = sin θ_j cos θ_i - cos θ_j sin θ_i, what a place hears are two
// convolutions with the kernel, of all sines and of all cosines: along rows in SendJob, along
// columns in UpdateJob. Between the two they are in memory; sines themselves are not, it is quicker
// to take them again.
//
// Rows are `stride` numbers apart, a multiple of 16 of which the first `width` are places; what is
// behind them is computed along in whole vectors and never read by a place.

#include <cstdint>

#include "engine/support/isa.hpp"

namespace phaseloom {

/// Rows that are updated together: what they hear of one place is read once for all of them.
inline constexpr int kUpdateRows = 4;

/// Sines and cosines of rows [first, last), each summed along its row with every part's weights.
struct SendJob {
  int width, height, stride;
  int first, last;
  int parts, radius;
  const float* across;  ///< [part][2 radius + 1]
  const float* phases;  ///< [height][stride]
  float* sent;          ///< [part][height][sine, cosine][stride]
};

/// What rows [first, last) hear, the columns' sums, and with it one stage of a step, or energies.
struct UpdateJob {
  int width, height, stride;
  int first, last;
  int parts, radius;
  /// [part][2 radius + 1 + 2 (kUpdateRows - 1)]: the weights, with kUpdateRows - 1 zeros on both
  /// sides, so that rows side by side go through the same sources.
  const float* down;
  const float* sent;    ///< as SendJob leaves it
  const float* phases;  ///< [height][stride]: of this stage
  float coupling, injection;

  // A stage: rate k of `phases`; x' = x + a k to `next`, or, in the last one, x + all b k to `x`.
  const float* frequencies;  ///< [height][stride]
  const std::int8_t* noise;  ///< [height][noise_stride], in units of noise_scale; or null: none
  std::int64_t noise_stride;
  float noise_scale;
  float a, b;
  bool is_first, is_last;
  float* x;
  float* sum;   ///< of b k so far
  float* next;  ///< may be `phases`

  // Energies: of each place, half of its couplings' and that of its injection.
  float centre;  ///< the kernel's weight at (0, 0), which is no coupling
  float* energy;
};

struct FieldLoops {
  void (*send)(const SendJob&);
  void (*update)(const UpdateJob&);
  void (*energy)(const UpdateJob&);
  /// Sums of sines and cosines of `width` phases, out[0] and out[1].
  void (*totals)(const float* phases, int width, float* out);
};

PHASELOOM_DECLARE_PER_ISA(FieldLoops field_loops_of())

/// Those of the active instruction set.
const FieldLoops& field_loops();

}  // namespace phaseloom
