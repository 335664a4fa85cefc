// SPDX-License-Identifier: MIT
#include "app/cli/bench.hpp"

#include <algorithm>
#include <memory>

#include "engine/support/alike.hpp"
#include "engine/support/digest.hpp"
#include "engine/support/error.hpp"
#include "measure/critic_scene.hpp"
#include "measure/field_scene.hpp"
#include "measure/scenes.hpp"
#include "measure/step_scene.hpp"
#include "measure/stopwatch.hpp"
#include "measure/thermo_scene.hpp"
#include "measure/train_scene.hpp"

namespace phaseloom {
namespace {

constexpr double kBudget = 0.5;  // seconds for each number
constexpr int kSamples = 64;

int all_cores() { return ThreadPool().threads(); }

/// Samples enough to keep all cores busy, 64 at least.
int samples_for(int threads) { return std::max(kSamples, kLanes * threads); }

struct StepTime {
  double seconds, flops;
};

StepTime fastest_step(const Hardware& hardware, int samples, int threads) {
  StepScene scene(image_network(), hardware, samples, threads);
  return {fastest(kBudget, [&] { return scene.run(); }), scene.flops()};
}

}  // namespace

StepBench measure_step() {
  const StepTime ideal = fastest_step({}, kSamples, 1);
  const int threads = all_cores(), samples = samples_for(threads);
  const double one_core = ideal.seconds * samples / kSamples;
  return {
      .peak_fraction = ideal.flops / ideal.seconds / fma_peak(),
      .speedup_vs_naive = naive_run(image_network(), kSamples) / ideal.seconds,
      .parallel_speedup = one_core / fastest_step({}, samples, threads).seconds,
      .weight_noise_cost =
          fastest_step({.weight_noise = 0.05}, kSamples, 1).seconds / ideal.seconds,
      .phase_noise_cost = fastest_step({.phase_noise = 0.1}, kSamples, 1).seconds / ideal.seconds,
      .threads = threads};
}

TrainBench measure_train() {
  GeneratorScene generator;
  const double forward = fastest(kBudget, [&] { return generator.forward(); });
  const double adjoint = fastest(kBudget, [&] { return generator.adjoint(); });
  CriticScene critic(kSamples, 1);
  const double critic_step = fastest(kBudget, [&] { return critic.step(); });
  const auto iteration = [](int threads) {
    const auto scene = std::make_unique<TrainScene>(threads);
    return fastest(2 * kBudget, [&] { return scene->iteration(); });
  };
  const int threads = all_cores();
  const double one_core = iteration(1), together = iteration(threads);
  return {.iterations_per_second = 1 / together,
          .parallel_speedup = one_core / together,
          .generator_forward_fraction = generator.forward_flops() / forward / fma_peak(),
          .adjoint_fraction = generator.adjoint_flops() / adjoint / fma_peak(),
          .critic_fraction = critic.step_flops() / critic_step / fma_peak(),
          .threads = threads};
}

RanksBench measure_ranks(int threads, int batch, TrainingRanks team) {
  Ranks& ranks = team.ranks;
  check_alike(ranks, {{"does another thing", digest_of("bench ranks")},
                      {"has another batch", static_cast<std::uint64_t>(batch)},
                      {"sends gradients otherwise", static_cast<std::uint64_t>(team.gradients)}});
  RanksBench result{};
  result.ranks = ranks.size();
  result.threads = ThreadPool(threads).threads();
  result.batch = batch;
  double alone = 0;
  if (ranks.is_first()) {
    const auto iteration = [&](int pictures) {
      const auto scene = std::make_unique<TrainScene>(threads, pictures);
      return fastest(4 * kBudget, [&] { return scene->iteration(); });
    };
    alone = iteration(batch);
    result.alike_ms = 1e3 * std::max(0.0, 2 * alone - iteration(2 * batch));
  }
  // All make as many iterations. By messages, since whoever waits for one sleeps, and takes nothing
  // from the one who computes.
  const auto told = std::as_writable_bytes(std::span(&alone, 1));
  for (int r = 1; r < ranks.size() && ranks.is_first(); ++r) ranks.start_send(told, r);
  if (!ranks.is_first()) ranks.start_receive(told, 0);
  while (ranks.finish_any() >= 0) continue;
  double together = alone;
  TrainScene scene(threads, batch, team);
  for (int k = 0; k < std::max(8.0, 8 * kBudget / alone); ++k) {
    const double seconds = scene.iteration();
    together = k == 0 ? seconds : std::min(together, seconds);
  }
  const std::size_t size = scene.network_parameters();
  const std::vector<float> own(size, 1);
  std::vector<float> total(size);
  GradientSum sum(team);
  ThreadPool pool(threads);
  double summing = 0;
  for (int k = 0; k < 10; ++k) {
    ranks.wait_for_all();
    const float* part = own.data();
    const double seconds = seconds_of([&] { sum(std::span(&part, 1), total, pool); });
    summing = k == 0 ? seconds : std::min(summing, seconds);
  }
  const std::size_t bytes = team.gradients == GradientFormat::f32 ? 4 : 2;
  result.iterations_per_second = 1 / together;
  result.iterations_per_second_alone = 1 / alone;
  result.speedup = alone / together;
  result.sum_ms = 1e3 * summing;
  result.sum_mb = 1e-6 * double(ranks.size() > 1 ? size * bytes : 0);
  return result;
}

ThermoBench measure_thermo() {
  const auto cycle = [](int threads) {
    ThermoTrainScene scene(threads);
    return fastest(kBudget, [&] { return scene.cycle(); });
  };
  const auto run = [](int samples, int threads) {
    ThermoRunScene scene(samples, threads);
    return fastest(kBudget, [&] { return scene.run(); }) / samples;
  };
  const int threads = all_cores();
  const double one = cycle(1), all = cycle(threads);
  const double sample = run(kLanes, 1), shared = run(2 * kLanes * threads, threads);
  return {.cycle_seconds = all,
          .cycle_fraction = ThermoTrainScene(1).cycle_flops() / one / fma_peak(),
          .cycle_parallel_speedup = one / all,
          .samples_per_second = 1 / (ThermoRunScene::kShorter * shared),
          .generation_fraction = ThermoRunScene(1, 1).flops() / sample / fma_peak(),
          .generation_parallel_speedup = sample / shared,
          .threads = threads};
}

FieldBench measure_field() {
  const auto step = [](int side, int threads) {
    FieldScene scene(side, threads);
    return fastest(kBudget, [&] { return scene.step(); });
  };
  const int threads = all_cores(), side = 512;
  const double one = step(side, 1), all = step(side, threads);
  return {.steps_per_second_512 = 1 / all,
          .steps_per_second_1024 = 1 / step(1024, threads),
          .speedup_vs_direct = direct_step(side) / one,
          .parallel_speedup = one / all,
          .threads = threads};
}

}  // namespace phaseloom
