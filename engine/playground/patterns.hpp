// SPDX-License-Identifier: MIT
#pragma once
// The patterns that a memory on the playground has stored.

#include <vector>

#include "engine/playground/setup.hpp"
#include "engine/theory/memory.hpp"

namespace phaseloom {

/// Columns of a grid of so many units, which is as square as it can be.
int grid_columns(int units);

/// `setup.patterns` patterns of so many units: a cross, a ring, a stair that people know again, and
/// behind them random ones of the setup's seed. Beyond a few units only random ones are nearly
/// independent, which is what the capacity is about.
std::vector<Pattern> stored_patterns(const PlaygroundSetup& setup, int units);

}  // namespace phaseloom
