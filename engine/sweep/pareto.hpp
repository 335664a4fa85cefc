// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace phaseloom {

/// Something that costs energy and is so far from what it should be: less is better of both.
struct Tradeoff {
  double energy = 0, distance = 0;
};

/// Indices of those that no other is better than, by ascending energy. What is not above 0, or no
/// number, is unknown and left out. Of equals the first is kept.
std::vector<std::size_t> pareto_front(std::span<const Tradeoff> points);

}  // namespace phaseloom
