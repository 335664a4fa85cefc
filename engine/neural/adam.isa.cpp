// SPDX-License-Identifier: MIT
#include "engine/neural/adam.hpp"

namespace phaseloom::PHASELOOM_ISA {

namespace {

void step(const AdamJob& job) {
  const AdamJob j = job;
  float* __restrict p = j.parameters, * __restrict m = j.first, * __restrict v = j.second;
  const float* __restrict g = j.gradients;
  for (std::size_t i = 0; i < j.size; ++i) {
    m[i] = j.beta1 * m[i] + (1 - j.beta1) * g[i];
    v[i] = j.beta2 * v[i] + (1 - j.beta2) * g[i] * g[i];
    p[i] -= j.rate * m[i] / (__builtin_sqrtf(v[i]) * j.scale + j.epsilon);
  }
}

void average_with(float* __restrict average, const float* __restrict value, std::size_t n,
                  float keep) {
  for (std::size_t i = 0; i < n; ++i) average[i] = keep * average[i] + (1 - keep) * value[i];
}

}  // namespace

AdamKernels adam_kernels() { return {step, average_with}; }

}  // namespace phaseloom::PHASELOOM_ISA
