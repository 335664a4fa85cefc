// SPDX-License-Identifier: MIT
#include "engine/support/fma_peak.hpp"

#include <ctime>

#include "engine/support/simd.hpp"

#if PHASELOOM_VECTOR_BYTES == 64
#define PHASELOOM_REGISTER "v"
#elif defined(__aarch64__)
#define PHASELOOM_REGISTER "w"
#else
#define PHASELOOM_REGISTER "x"
#endif

namespace phaseloom::PHASELOOM_ISA {
namespace {

double seconds() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

}  // namespace

double fma_peak_flops() {
  constexpr int kChains = 12;  // more than latency times throughput, and fits 16 registers
  constexpr int kRounds = 100000;
  volatile float one = 1.0f, tiny = 1e-30f;
  const Vec<float> a = splat<float>(one), b = splat<float>(tiny);
  Vec<float> chain[kChains] = {};
  double best = 0;
  for (int attempt = 0; attempt < 20; ++attempt) {
    // Hidden from the compiler, which would otherwise compute one of the equal chains only.
    for (auto& c : chain) asm volatile("" : "+" PHASELOOM_REGISTER(c));
    const double start = seconds();
    for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 16
      for (int i = 0; i < kChains; ++i) chain[i] = chain[i] * a + b;
    }
    // The result must be used, and within the timed part.
    for (auto& c : chain) asm volatile("" : "+" PHASELOOM_REGISTER(c));
    const double rate = 2.0 * kChains * kRounds * kWidth<float> / (seconds() - start);
    if (rate > best) best = rate;
  }
  return best;
}

}  // namespace phaseloom::PHASELOOM_ISA
