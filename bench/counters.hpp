// SPDX-License-Identifier: MIT
#pragma once
// Shared by the benchmark programs: runs that time themselves, and ratios of the fastest of them.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <limits>

#include "engine/support/isa.hpp"
#include "measure/stopwatch.hpp"

namespace phaseloom {

/// Calls run(), which returns the seconds it took, as often as the benchmark asks; returns the
/// shortest. To be registered with UseManualTime().
template <class F>
double fastest_of(benchmark::State& state, F&& run) {
  double best = std::numeric_limits<double>::infinity();
  run();  // warm up: memory, caches
  for (auto _ : state) {
    const double seconds = run();
    state.SetIterationTime(seconds);
    best = std::min(best, seconds);
  }
  return best;
}

/// GFLOP/s, and as a fraction of what `cores` cores could do.
inline void report_flops(benchmark::State& state, double flops, double seconds, int cores = 1) {
  state.counters["GFLOP/s"] = 1e-9 * flops / seconds;
  state.counters["of_peak"] = flops / seconds / (fma_peak() * cores);
}

/// The yardstick itself, first in every program.
inline void Peak(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(fma_peak());
  state.SetLabel(isa_name(active_isa()));
  state.counters["GFLOP/s"] = 1e-9 * fma_peak();
}

}  // namespace phaseloom
