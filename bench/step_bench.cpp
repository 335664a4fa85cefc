// SPDX-License-Identifier: MIT
// The forward step of the image network, as ratios: of the multiply-add peak, of two cores to one,
// of a plain loop to it, of noisy hardware to ideal; and its cost per coupling as the network
// grows. All ratios are of the fastest runs.

#include "bench/counters.hpp"
#include "engine/support/lanes.hpp"
#include "measure/scenes.hpp"
#include "measure/step_scene.hpp"

namespace phaseloom {
namespace {

constexpr int kSamples = 64;

BENCHMARK(Peak)->Iterations(1)->Unit(benchmark::kMillisecond);

double fastest_run(const Hardware& hardware = {}, int threads = 1) {
  StepScene scene(image_network(), hardware, kSamples, threads);
  return fastest(0.3, [&] { return scene.run(); });
}

double ideal_run() {
  static const double seconds = fastest_run();
  return seconds;
}

/// All 24 steps of the program on 64 samples.
void Step(benchmark::State& state) {
  const int threads = static_cast<int>(state.range(0));
  StepScene scene(image_network(), {}, kSamples, threads);
  const double seconds = fastest_of(state, [&] { return scene.run(); });
  report_flops(state, scene.flops(), seconds, threads);
  state.counters["speedup"] = ideal_run() / seconds;
}
BENCHMARK(Step)->Arg(1)->Arg(2)->UseManualTime()->Unit(benchmark::kMillisecond);

/// The plain loop, a sine per coupling and sample, scaled to the same work.
void Naive(benchmark::State& state) {
  const Program program = image_network();
  double seconds = 0;
  for (auto _ : state) {
    seconds = naive_run(program, kSamples);
    state.SetIterationTime(seconds);
  }
  state.counters["engine_is_faster"] = seconds / ideal_run();
  state.counters["difference_rad"] = naive_difference(program);
}
BENCHMARK(Naive)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

void Noisy(benchmark::State& state, const Hardware& hardware) {
  StepScene scene(image_network(), hardware, kSamples, 1);
  const double seconds = fastest_of(state, [&] { return scene.run(); });
  report_flops(state, scene.flops(), seconds);
  state.counters["to_ideal"] = seconds / ideal_run();
}
BENCHMARK_CAPTURE(Noisy, weights, Hardware{.weight_noise = 0.05})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Noisy, phases, Hardware{.phase_noise = 0.1})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// One chunk of a side x side grid, 32 samples on one core.
void Growing(benchmark::State& state) {
  static double cheapest = std::numeric_limits<double>::infinity();  // of the rows before and this
  const int side = static_cast<int>(state.range(0));
  const Program program = grid_network(side);
  StepScene scene(program, {}, kLanes, 1);
  const double seconds = fastest_of(state, [&] { return scene.run(); });
  const double cost = seconds / scene.flops();
  cheapest = std::min(cheapest, cost);
  report_flops(state, scene.flops(), seconds);
  state.counters["units"] = side * side;
  state.counters["cost_to_best"] = cost / cheapest;
  const StepMemory memory = step_memory(program);
  const auto per_unit = [&](std::size_t bytes) { return double(bytes) / side / side; };
  state.counters["topology_B/unit"] = per_unit(memory.topology);
  state.counters["packed_B/unit"] = per_unit(memory.packed);
  state.counters["state_B/unit"] = per_unit(memory.state);
}
// The cheapest first: what follows is compared with it.
BENCHMARK(Growing)->Arg(32)->Arg(10)->Arg(100)->Arg(316)->Arg(1000)->UseManualTime()->Unit(
    benchmark::kMillisecond);

}  // namespace
}  // namespace phaseloom

BENCHMARK_MAIN();
