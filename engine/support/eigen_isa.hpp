// SPDX-License-Identifier: MIT
#pragma once
// Eigen for .isa.cpp files. Its templates must not be shared between the instruction sets, where
// the linker would keep any one of the copies: each set has a namespace Eigen of its own.

#include "engine/support/simd.hpp"

#if defined(__GNUC__) && !defined(__clang__)
// Its own header of AVX-512 intrinsics trips the warning (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

#define PHASELOOM_JOIN(a, b) a##b
#define PHASELOOM_NAME(a, b) PHASELOOM_JOIN(a, b)
#define Eigen PHASELOOM_NAME(phaseloom_eigen_, PHASELOOM_ISA)
#include <Eigen/Core>

namespace phaseloom::PHASELOOM_ISA {

/// To be called before products: the sizes of Eigen's blocks, and thereby the last bits of what
/// comes out, do not follow the caches of the machine.
inline void fix_block_sizes() {
  static const bool fixed = [] {
    Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
    return true;
  }();
  (void)fixed;
}

}  // namespace phaseloom::PHASELOOM_ISA
