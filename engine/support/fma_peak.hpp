// SPDX-License-Identifier: MIT
#pragma once
// The yardstick of the benchmarks: what this core reaches when it does nothing but multiply-adds.

#include "engine/support/isa.hpp"

namespace phaseloom {

/// Floating-point operations per second (single precision, a multiply-add counts two) of one core
/// with the active instruction set, from a loop that touches registers only. Takes about 20 ms.
double measure_fma_peak_flops();

PHASELOOM_DECLARE_PER_ISA(double fma_peak_flops())

}  // namespace phaseloom
