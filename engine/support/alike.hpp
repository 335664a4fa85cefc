// SPDX-License-Identifier: MIT
#pragma once
// What ranks must agree on before they work together. A launcher starts each as it is told to, on
// machines that may hold other files: one that works on another thing would spoil all, unseen.

#include <cstdint>
#include <initializer_list>

#include "engine/support/ranks.hpp"

namespace phaseloom {

struct Alike {
  const char* otherwise;  ///< "has other pictures"
  std::uint64_t digest;
};

/// Throws Error on all ranks, "rank 2 has other pictures than rank 0", at the first that differs.
/// All ranks call it at the same time, whatever they are about to do: at most seven things, and the
/// instruction set, which is always among them.
void check_alike(Ranks& ranks, std::initializer_list<Alike> things);

}  // namespace phaseloom
