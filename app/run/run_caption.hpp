// SPDX-License-Identifier: MIT
#pragma once
// What the run on the wall is doing just now, in one line of plain words.

#include <span>
#include <string>
#include <string_view>

#include "app/run/chunk_strength.hpp"
#include "app/run/snapshot.hpp"

namespace phaseloom {

/// `strengths`: of the network as the hardware holds it. Empty without a model.
std::string run_caption(const Snapshot& now, std::span<const ChunkStrength> strengths);
/// As wide as they get: room for it is room for all of them.
std::string_view widest_run_caption();

}  // namespace phaseloom
