// SPDX-License-Identifier: MIT
#pragma once
// Programs may begin with chunks in which every unit is alone, as thermodynamic computers do.

#include "engine/network/program.hpp"

namespace phaseloom {

/// How many chunks come before the first one with couplings; all of them if none has any.
int leading_uncoupled(const Program& program);

}  // namespace phaseloom
