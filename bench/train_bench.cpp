// SPDX-License-Identifier: MIT
// A training iteration of the image network, whole and part by part, as fractions of the
// multiply-add peak. Ratios are of the fastest runs.

#include "bench/counters.hpp"
#include "measure/critic_scene.hpp"
#include "measure/train_scene.hpp"

namespace phaseloom {
namespace {

BENCHMARK(Peak)->Iterations(1)->Unit(benchmark::kMillisecond);

/// 32 samples through 6 chunks, everything stored that the adjoint needs.
void GeneratorForward(benchmark::State& state) {
  GeneratorScene scene;
  report_flops(state, scene.forward_flops(), fastest_of(state, [&] { return scene.forward(); }));
}
BENCHMARK(GeneratorForward)->UseManualTime()->Unit(benchmark::kMillisecond);

void GeneratorAdjoint(benchmark::State& state) {
  GeneratorScene scene;
  scene.forward();
  report_flops(state, scene.adjoint_flops(), fastest_of(state, [&] { return scene.adjoint(); }));
}
BENCHMARK(GeneratorAdjoint)->UseManualTime()->Unit(benchmark::kMillisecond);

void CriticStep(benchmark::State& state) {
  const int threads = static_cast<int>(state.range(0));
  CriticScene scene(64, threads);
  report_flops(state, scene.step_flops(), fastest_of(state, [&] { return scene.step(); }), threads);
}
BENCHMARK(CriticStep)->Arg(1)->Arg(2)->UseManualTime()->Unit(benchmark::kMillisecond);

void CriticSignal(benchmark::State& state) {
  CriticScene scene(64, 1);
  report_flops(state, scene.signal_flops(), fastest_of(state, [&] { return scene.signal(); }));
}
BENCHMARK(CriticSignal)->UseManualTime()->Unit(benchmark::kMillisecond);

/// Batch 64: two critic steps, generator forward and adjoint, optimisers.
void Iteration(benchmark::State& state) {
  const int threads = static_cast<int>(state.range(0));
  TrainScene scene(threads);
  const double seconds = fastest_of(state, [&] { return scene.iteration(); });
  report_flops(state, scene.flops(), seconds, threads);
  static double one_core = 0;  // arguments come in order
  if (threads == 1) one_core = seconds;
  if (one_core > 0) state.counters["speedup"] = one_core / seconds;
}
BENCHMARK(Iteration)->Arg(1)->Arg(2)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace phaseloom

BENCHMARK_MAIN();
