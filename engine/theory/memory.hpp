// SPDX-License-Identifier: MIT
#pragma once
// An associative memory (J. J. Hopfield, PNAS 79, 1982): couplings W_ij = (1/N) Σ_p ξ_i^p ξ_j^p
// make each pattern ξ^p = ±1 a place that the network falls into. Beyond about 0.138 N random
// patterns it forgets all of them (D. J. Amit, H. Gutfreund, H. Sompolinsky, PRL 55, 1985).

#include <cstdint>
#include <span>
#include <vector>

namespace phaseloom {

/// Patterns per unit that can be remembered at most, if they are random.
inline constexpr double kMemoryCapacity = 0.138;

using Pattern = std::vector<std::int8_t>;  ///< +1 or −1 for each unit

/// W_ij for i != j; patterns of one length N.
double hebb_weight(std::span<const Pattern> patterns, int i, int j);

/// Σ_i ξ_i s_i / N, from −1 (its negative) to 1; of phases s = cos θ.
double pattern_overlap(const Pattern& pattern, std::span<const float> signals);

}  // namespace phaseloom
