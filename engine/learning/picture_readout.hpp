// SPDX-License-Identifier: MIT
#pragma once
// From states to the pictures that losses see, and back: whole blocks at once.

#include <span>

#include "engine/network/program.hpp"
#include "engine/support/isa.hpp"

namespace phaseloom {

/// pictures = 2 read_pixel(x) - 1, in [-1, 1]; x as long as pictures, both aligned blocks of lanes.
void read_pictures(Readout readout, std::span<const float> x, std::span<float> pictures);
/// adjoint = signal * d picture / dx.
void pull_pictures(Readout readout, std::span<const float> x, std::span<const float> signal,
                   std::span<float> adjoint);

struct PictureKernels {
  void (*read)(Readout, std::size_t n, const float* x, float* pictures);
  void (*pull)(Readout, std::size_t n, const float* x, const float* signal, float* adjoint);
};
PHASELOOM_DECLARE_PER_ISA(PictureKernels picture_kernels())

}  // namespace phaseloom
