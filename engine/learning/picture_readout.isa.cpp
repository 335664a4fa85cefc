// SPDX-License-Identifier: MIT
#include "engine/learning/picture_readout.hpp"
#include "engine/dynamics/vector_math.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

using V = Vec<float>;

V picture(Readout readout, V x) {
  if (readout == Readout::tanh) return Math<float>::tanh(x);
  V sine, cosine;
  Math<float>::sin_cos(x, sine, cosine);
  return readout == Readout::sine ? sine : cosine;
}

V slope(Readout readout, V x) {
  if (readout == Readout::tanh) {
    const V t = Math<float>::tanh(x);
    return splat(1.0f) - t * t;
  }
  V sine, cosine;
  Math<float>::sin_cos(x, sine, cosine);
  return readout == Readout::sine ? cosine : -sine;
}

void read(Readout readout, std::size_t n, const float* x, float* pictures) {
  for (std::size_t i = 0; i < n; i += kWidth<float>)
    store(pictures + i, picture(readout, load(x + i)));
}

void pull(Readout readout, std::size_t n, const float* x, const float* signal, float* adjoint) {
  for (std::size_t i = 0; i < n; i += kWidth<float>)
    store(adjoint + i, load(signal + i) * slope(readout, load(x + i)));
}

}  // namespace

PictureKernels picture_kernels() { return {read, pull}; }

}  // namespace phaseloom::PHASELOOM_ISA
