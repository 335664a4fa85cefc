// SPDX-License-Identifier: MIT
#pragma once
// The page of costs: what the design on the wall would take, by each way to hold its chunks.

#include <array>

#include "app/ui/toolkit/context.hpp"
#include "engine/hardware/cost.hpp"

namespace phaseloom {

using HeldCosts = std::array<Cost, kCountOf<ChunkHold>>;
/// By ChunkHold.
HeldCosts held_costs(const UiContext& ctx);

/// costs_stage.cpp
void draw_costs_stage(UiContext& ctx, Box area);
/// costs_areas.cpp: cores to scale with each other, a column each, and a bar of length.
void draw_areas(UiContext& ctx, const HeldCosts& costs, std::span<const Box> columns);
/// costs_energies.cpp: totals on a logarithmic axis, shares beside it; `height` of it.
float energies_height(const UiContext& ctx);
void draw_energies(UiContext& ctx, const HeldCosts& costs, Box area);
void draw_constants(UiContext& ctx);  // costs_constants.cpp
void draw_baselines(UiContext& ctx);  // costs_baselines.cpp

}  // namespace phaseloom
