// SPDX-License-Identifier: MIT
#pragma once
// The plan of a sweep as a JSON file (docs/sweeps.md).

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/sweep/plan.hpp"

namespace phaseloom {

/// Models as they are written: names, or paths. Throws Error naming `source`, the place in it and
/// what would be right.
SweepPlan parse_sweep_plan(std::string_view text, std::string_view source);
SweepPlan read_sweep_plan(const std::filesystem::path& path);
/// All values; parse_sweep_plan() makes the same plan of it.
std::string print_sweep_plan(const SweepPlan& plan);

}  // namespace phaseloom
