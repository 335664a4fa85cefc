// SPDX-License-Identifier: MIT
#pragma once
// Controls of the cost model, and what the network on the wall costs by it.

#include <array>

#include "app/ui/toolkit/context.hpp"
#include "engine/hardware/cost.hpp"

namespace phaseloom {

/// What people call the ways to hold the chunks, in the order of ChunkHold.
inline constexpr std::array<const char*, kCountOf<ChunkHold>> kHoldLabels{
    "written anew", "all in one core", "a core each"};

/// Technology, cell, cycles, batch.
void draw_cost_choice(UiContext& ctx);
/// Where the chunks' weights are.
void draw_hold_row(UiContext& ctx);
/// What the network on the wall costs, as the controls are set just now.
Cost present_cost(const UiContext& ctx);
/// The same if its chunks were held in another way.
Cost present_cost(const UiContext& ctx, ChunkHold hold);

}  // namespace phaseloom
