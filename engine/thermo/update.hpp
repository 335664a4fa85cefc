// SPDX-License-Identifier: MIT
#pragma once
// From a formed gradient to new parameters, as a machine with few bits and noisy writing would do
// it. The kinds of flaw are [WD]'s, their details our choice (*).

#include <cstdint>

#include "engine/support/parallel.hpp"
#include "engine/thermo/rule.hpp"

namespace phaseloom {

/// Couplings with bits have 2^bits levels from -1 to just below 1, in E0 (*): the step of 16 bits
/// is 3e-5, of 8 bits 0.008, which is more than one update moves.
inline constexpr int kMaxUpdateBits = 20;

struct UpdateRule {
  double rate = 0;
  int bits = 0;  ///< of the couplings between updates, 2..kMaxUpdateBits; 0: float
  /// Rounds up as often as the remainder says, instead of to nearest.
  bool stochastic_rounding = false;
  double noise = 0;  ///< relative standard deviation of each coupling's change
  std::uint64_t seed = 1;
};

/// Throws Error naming the first field that is out of range and its range.
void validate(const UpdateRule& rule);

/// parameters -= rate * gradient, of update number `number` (below 2^31): what the hidden panels
/// own of it, then all of it. Couplings alone are rounded.
void update(const UpdateRule& rule, std::uint32_t number, const PanelParameters<float>& gradient,
            PanelParameters<float>& parameters, ThreadPool& pool);

}  // namespace phaseloom
