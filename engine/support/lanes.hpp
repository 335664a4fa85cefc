// SPDX-License-Identifier: MIT
#pragma once

namespace phaseloom {

/// Lanes (independent samples) of one block. Arrays that the kernels touch are lane-innermost,
/// [unit][lane], so that an operation on one unit is a few whole vectors. The number is fixed:
/// blocks are the unit of parallel work and of ordered sums, hence part of what makes results
/// reproducible.
inline constexpr int kLanes = 32;

/// Blocks that hold `lanes` samples; lanes beyond the last sample are computed and ignored.
constexpr int blocks_for(int lanes) { return (lanes + kLanes - 1) / kLanes; }

}  // namespace phaseloom
