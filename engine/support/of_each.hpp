// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "engine/support/ranks.hpp"

namespace phaseloom {

/// What each rank brings, by rank, on all of them.
template <class T>
std::vector<T> of_each(Ranks& ranks, const T& mine) {
  std::vector<T> all(static_cast<std::size_t>(ranks.size()));
  all[static_cast<std::size_t>(ranks.rank())] = mine;
  ranks.gather(std::span(all), ranks.size());
  return all;
}

}  // namespace phaseloom
