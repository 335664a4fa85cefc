// SPDX-License-Identifier: MIT
#pragma once
// Linking counting_new.cpp replaces the global operator new by one that counts.

namespace phaseloom {

/// Calls of operator new by any thread since the program began.
long allocations();

}  // namespace phaseloom
