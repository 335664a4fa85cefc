// SPDX-License-Identifier: MIT
#pragma once
// Weights of few bits: integer levels of a grid, times a step that many weights share.

#include <span>

#include "engine/hardware/hardware.hpp"
#include "engine/network/weight_levels.hpp"

namespace phaseloom {

/// One weight on the b-bit grid of step `scale`; scale > 0.
float quantise(float weight, float scale, int bits, BitGrid grid);
void quantise(std::span<float> weights, float scale, int bits, BitGrid grid);
/// Grid step for weights that share it: the largest magnitude, clipped at 4 standard deviations
/// (*), meets the end of the grid; up to 3 bits, the step of least squared error (*). 0 if all
/// weights are 0.
float quantisation_scale(std::span<const float> weights, int bits, BitGrid grid);
/// Whether all weights are levels of one grid of so many bits, up to rounding, and how large its
/// step is; 0 if not, or if all weights are 0.
float grid_step(std::span<const float> weights, int bits, BitGrid grid);

/// The least and the largest weight that a grid has, and its step; 0 if all weights are 0.
struct GridEnds {
  float lowest, highest, step;
};
/// One chunk's weights as hardware of `bits` >= 1 holds them, by the gains that it has. What is on
/// such a grid already is not touched.
/// @param ends of the grid of each unit's weights, for whoever wants to know; may be empty
void quantise_chunk(Program& program, int chunk, const Hardware& hardware,
                    std::span<GridEnds> ends);

/// The weights as realise() makes them on hardware of that many bits, grid, gain and density, as
/// levels: step times level is what it makes, bit by bit. Throws Error for float weights.
WeightLevels hold(const Program& program, const Hardware& hardware);

}  // namespace phaseloom
