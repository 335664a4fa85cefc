// SPDX-License-Identifier: MIT
#pragma once
// The networks that are measured.

#include "engine/network/program.hpp"

namespace phaseloom {

/// The image network: 28 x 28 oscillators that are seen and a hidden layer behind them
/// (kuramoto_shil, N = 1568), each listening to the 7 x 7 places around it in both layers; 6
/// chunks, 4 midpoint steps each.
Program image_network();

/// One chunk of a side x side grid, one layer, the same windows.
Program grid_network(int side);

/// Floating-point operations that one evaluation of the rate needs for its couplings: two
/// multiply-adds for each coupling and sample. Sines, filled-in zeros and the step's own sums are
/// not counted.
double coupling_flops(const Program& program, int samples);

}  // namespace phaseloom
