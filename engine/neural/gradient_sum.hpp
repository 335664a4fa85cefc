// SPDX-License-Identifier: MIT
#pragma once
// The sum of the gradients of parallel blocks: always in block order, so that the number of threads
// leaves no trace in the last bit.

#include <span>

#include "engine/support/parallel.hpp"

namespace phaseloom {

/// total = parts[0] + parts[1] + ..., the elements shared among threads. All of total's size.
void sum_in_order(std::span<const float* const> parts, std::span<float> total, ThreadPool& pool);

}  // namespace phaseloom
