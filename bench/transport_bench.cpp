// SPDX-License-Identifier: MIT
// What a transport training is made of, one core: whole iterations, their parts, and the metric.

#include <benchmark/benchmark.h>

#include "engine/metrics/wasserstein.hpp"
#include "engine/transport/sliced.hpp"
#include "engine/transport/trained_field.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {
namespace {

const TransportPair kPair = pair_named("D1");
constexpr int kSwdBatch = 512, kSwdSteps = 14, kOtCfmBatch = 128;  // as in the trainer's recipes

TransportSetup setup_for(benchmark::State& state, TransportLoss loss) {
  return {.loss = loss,
          .chunks = static_cast<int>(state.range(0)),
          .hidden = static_cast<int>(state.range(1)),
          .iterations = 1'000'000};
}
void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Args({4, 4})->Args({8, 16})->Unit(benchmark::kMicrosecond);
}

void run_iterations(benchmark::State& state, const TransportSetup& setup) {
  TransportTrainer trainer(kPair, setup);
  for (auto _ : state) trainer.advance(1);
  state.counters["s_per_training"] =
      benchmark::Counter(double(state.iterations()) / default_iterations(setup),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void IterationSwd(benchmark::State& state) {
  run_iterations(state, setup_for(state, TransportLoss::swd));
}
BENCHMARK(IterationSwd)->Apply(sizes);

void IterationOtCfm(benchmark::State& state) {
  run_iterations(state, setup_for(state, TransportLoss::ot_cfm));
}
BENCHMARK(IterationOtCfm)->Apply(sizes);

void IterationMlp(benchmark::State& state) {
  const auto loss = static_cast<TransportLoss>(state.range(0));
  state.SetLabel(std::string(name_of(loss)));
  run_iterations(state, checked({.model = "mlp", .loss = loss, .iterations = 1'000'000}));
}
BENCHMARK(IterationMlp)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

// Parts of an iteration of SWD.

void DrawBatch(benchmark::State& state) {
  Points source(kSwdBatch), target(kSwdBatch);
  std::uint32_t first = 0;
  for (auto _ : state) {
    kPair.draw_source(1, first, source);
    kPair.draw_target(1, first, target);
    first += kSwdBatch;
  }
}
BENCHMARK(DrawBatch)->Unit(benchmark::kMicrosecond);

void CarryAndPull(benchmark::State& state) {
  const auto field = make_trained_program(setup_for(state, TransportLoss::swd));
  const Points source = kPair.source(1, 0, kSwdBatch);
  Points ends(source.size());
  std::vector<float> gradient(field->values().size());
  for (auto _ : state) {
    field->carry(source, kSwdSteps, ends);
    field->pull(source, gradient);
  }
}
BENCHMARK(CarryAndPull)->Apply(sizes);

void Sliced(benchmark::State& state) {
  const Points a = kPair.source(1, 0, kSwdBatch), b = kPair.target(1, 0, kSwdBatch);
  Points d_a(a.size());
  SlicedPoints sliced(kSwdBatch);
  for (auto _ : state) benchmark::DoNotOptimize(sliced.pull(a, b, 0.1, d_a));
}
BENCHMARK(Sliced)->Unit(benchmark::kMicrosecond);

// Parts of an iteration of OT-CFM; the first is also the metric.

void Assignment(benchmark::State& state) {
  const int n = static_cast<int>(state.range(0));
  const Points a = kPair.source(1, 0, n), b = kPair.target(1, 0, n);
  for (auto _ : state) benchmark::DoNotOptimize(optimal_assignment(a, b));
}
BENCHMARK(Assignment)->Arg(kOtCfmBatch)->Arg(kScorePoints)->Unit(benchmark::kMicrosecond);

void MatchField(benchmark::State& state) {
  const auto field = make_trained_program(setup_for(state, TransportLoss::ot_cfm));
  const Points from = kPair.source(1, 0, kOtCfmBatch), to = kPair.target(1, 0, kOtCfmBatch);
  std::vector<float> gradient(field->values().size());
  RandomSequence random(1, Stream::batch);
  for (auto _ : state) benchmark::DoNotOptimize(field->match({from, to}, random, gradient));
}
BENCHMARK(MatchField)->Apply(sizes);

}  // namespace
}  // namespace phaseloom

BENCHMARK_MAIN();
