// SPDX-License-Identifier: MIT
#include "engine/network/uncoupled.hpp"

#include <algorithm>

namespace phaseloom {

int leading_uncoupled(const Program& program) {
  const auto is_0 = [](float w) { return w == 0; };
  int chunk = 0;
  while (chunk < program.chunks() && std::ranges::all_of(program.weights(chunk), is_0)) ++chunk;
  return chunk;
}

}  // namespace phaseloom
