// SPDX-License-Identifier: MIT
#pragma once
// States are stepped unit by unit, all lanes side by side; whoever reads one sample wants it whole.

#include <span>
#include <vector>

namespace phaseloom {

/// [unit][lane] to [lane][unit].
std::vector<float> lane_major(std::span<const float> states, int lanes);

}  // namespace phaseloom
