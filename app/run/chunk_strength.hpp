// SPDX-License-Identifier: MIT
#pragma once
// How strongly each chunk of a program acts on its units.

#include <vector>

#include "engine/network/program.hpp"

namespace phaseloom {

/// Root mean squares over what is not 0.
struct ChunkStrength {
  double coupling = 0;  ///< of the weights W_ij
  double own =
      0;  ///< of what acts on a unit alone: injection and fields of phases, biases of others
};

/// One for each chunk. Frequencies omega are left out: they turn a phase and pull it nowhere.
std::vector<ChunkStrength> chunk_strengths(const Program& program);

}  // namespace phaseloom
