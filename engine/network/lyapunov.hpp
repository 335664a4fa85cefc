// SPDX-License-Identifier: MIT
#pragma once
// The energy that a network with symmetric couplings goes down: within a chunk and without noise,
// dL/dt <= 0. At a chunk border the parameters change, and L with them.
//
//   L(x) = Σ_i e_i(x_i) ∓ ½ Σ_ij W_ij y_i · y_j,
//
// y what a unit sends (its sine and cosine, its tanh, or itself), e_i what the unit's own terms
// integrate to. For phases and polynomials the rate is -dL/dx; for tanh units it is -dL/dy
// (J. J. Hopfield, "Neurons with graded response...", PNAS 81, 1984; M. A. Cohen, S. Grossberg,
// IEEE Trans. SMC 13, 1983). Frequencies ω tilt L, so that a phase that turns goes down for ever.

#include <span>
#include <vector>

#include "engine/network/program.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// Whether every coupling between free units has its equal the other way round, as the program says
/// (`tied`) and its topology allows, and the substrate's couplings are a gradient then (curves of
/// rings are not); label oscillators are held and count as a bias.
bool has_energy(const Program& program);

/// L under the parameters of `chunk`; the program must has_energy(). NaN for substrates that have
/// none.
/// @param state one sample, [unit]; rad or voltage.
double lyapunov_energy(const Program& program, int chunk, std::span<const float> state);

/// Of many samples, to the same bits, and several times as fast as one after the other.
/// @param states [unit][lane]
std::vector<double> lyapunov_energies(const Program& program, int chunk,
                                      std::span<const float> states, int lanes, ThreadPool& pool);

}  // namespace phaseloom
