// SPDX-License-Identifier: MIT
#pragma once
// Only for files that are compiled per instruction set.

namespace phaseloom::PHASELOOM_ISA {

/// Lanes whose errors of a weight lie side by side (weight_noise.hpp): those of a vector, or the
/// half of a Philox block.
inline constexpr int kNoiseLanes = PHASELOOM_VECTOR_BYTES == 64 ? 16 : 8;

}  // namespace phaseloom::PHASELOOM_ISA
