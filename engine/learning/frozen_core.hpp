// SPDX-License-Identifier: MIT
#pragma once
// A network that grows around one that works: its strongest couplings and all that is not a
// coupling stay as they are, the others are learnt. What the core does alone, pruned to it, is kept
// exactly.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/program.hpp"

namespace phaseloom {

class FrozenCore {
 public:
  /// @param density the share of the couplings that stay, in (0, 1): those that pruning the program
  ///   to it would keep
  FrozenCore(const Program& program, double density);

  /// Puts the core back into `values`, laid out as the program's, and makes couplings that have
  /// come as far as its weakest one a little weaker than that: pruning must not take them for it.
  void hold(std::span<float> values) const;

 private:
  double square(std::span<const float> values, std::size_t coupling) const;

  Program program_;
  std::vector<std::uint8_t> core_;  ///< per coupling
  double least_;                    ///< of its couplings, the sum of squares over the chunks
};

}  // namespace phaseloom
