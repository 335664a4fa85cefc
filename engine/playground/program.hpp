// SPDX-License-Identifier: MIT
#pragma once
// The program that the engine steps of a network on the canvas.

#include "engine/network/program.hpp"
#include "engine/playground/setup.hpp"

namespace phaseloom {

/// Steps after which a run ends by itself: days.
inline constexpr int kPlaygroundSteps = 1 << 30;

/// One chunk without an end, couplings both ways. Weights are K times those of the network, with
/// the sign that makes positive ones pull together on every substrate. Detunings times the spread
/// are frequencies of phases, drives of voltages.
Program playground_program(const PlaygroundNetwork& network, const PlaygroundSetup& setup);

}  // namespace phaseloom
