// SPDX-License-Identifier: MIT
#pragma once
// Timing on a machine that does other things too: the shortest of many runs is the only number that
// repeats.

#include <algorithm>
#include <chrono>
#include <limits>

namespace phaseloom {

template <class F>
double seconds_of(F&& f) {
  const auto start = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Shortest time of f(), which returns the seconds it measured itself: at least 3 runs, and more
/// until `budget` seconds have gone by.
template <class F>
double fastest(double budget, F&& f) {
  double best = std::numeric_limits<double>::infinity();
  int runs = 0;
  for (double spent = 0; runs < 3 || spent < budget; ++runs)
    spent += seconds_of([&] { best = std::min(best, f()); });
  return best;
}

/// Floating-point operations per second of one core that does nothing but multiply-adds, measured
/// once per process.
double fma_peak();

}  // namespace phaseloom
