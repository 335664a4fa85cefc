// SPDX-License-Identifier: MIT
#pragma once
// The variables of the environment that the program heeds.

namespace phaseloom {

/// Throws Error for a PHASELOOM_ variable whose value is of no use, and for one that there is not:
/// either would otherwise be passed over without a word.
void check_environment();

}  // namespace phaseloom
