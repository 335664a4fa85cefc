// SPDX-License-Identifier: MIT
#pragma once
// The page of chips: many devices of the design on the wall.

#include "app/session/chips_part.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

void draw_chips_controls(UiContext& ctx);         // chips_controls.cpp
void draw_chips_stage(UiContext& ctx, Box area);  // chips_stage.cpp: histogram, pictures
void draw_chips_side(UiContext& ctx);             // chips_side.cpp: yield, numbers
void draw_chips_progress(UiContext& ctx);         // chips_progress.cpp: buttons, how far it is
void draw_chips_status(UiContext& ctx);
void draw_chips_tables(UiContext& ctx);
void toggle_chips(UiContext& ctx);

const ChipsSnapshot& chips_of(UiContext& ctx);
/// The devices of the mismatch that is looked at; null: none is known yet.
const ChipPopulation* shown_population(const UiContext& ctx, const ChipsSnapshot& chips);
/// Puts a device on the wall of Generate, and goes there.
void show_chip(UiContext& ctx, std::uint64_t device);
/// "device 7: relative distance 0.031"
std::string spoken_chip(const ChipQuality& chip);

/// chips_histogram.cpp: a brick for each device, and the limit, which is dragged; `height` pixels.
void draw_chip_histogram(UiContext& ctx, const ChipPopulation& population, float height);
/// chips_pictures.cpp: what the best, the median and the worst one make of the same noise.
void draw_chip_pictures(UiContext& ctx, const ChipsSnapshot& chips,
                        const ChipPopulation& population, Box area);

}  // namespace phaseloom
