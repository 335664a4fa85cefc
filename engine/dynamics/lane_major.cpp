// SPDX-License-Identifier: MIT
#include "engine/dynamics/lane_major.hpp"

#include <cassert>

namespace phaseloom {

std::vector<float> lane_major(std::span<const float> states, int lanes) {
  assert(lanes > 0 && states.size() % static_cast<std::size_t>(lanes) == 0);
  const auto stride = static_cast<std::size_t>(lanes);
  std::vector<float> samples;
  samples.reserve(states.size());
  for (std::size_t lane = 0; lane < stride; ++lane)
    for (std::size_t at = lane; at < states.size(); at += stride) samples.push_back(states[at]);
  return samples;
}

}  // namespace phaseloom
