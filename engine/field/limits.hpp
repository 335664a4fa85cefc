// SPDX-License-Identifier: MIT
#pragma once
// How large fields and their kernels may be. Apart from the settings because the inner loops, which
// are compiled per instruction set, include no more than they must.

namespace phaseloom {

inline constexpr int kMinFieldSide = 4, kMaxFieldSide = 1024;
inline constexpr int kMaxKernelRadius = 32;

}  // namespace phaseloom
