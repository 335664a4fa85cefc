// SPDX-License-Identifier: MIT
// The critic, part by part, as a fraction of the multiply-add peak of one core. Only taps inside
// the image count as work. Whole steps are in train_bench.

#include <vector>

#include "bench/counters.hpp"
#include "engine/neural/conv_net.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

struct Fixture {
  ConvNet<float> net{critic_shape({28, 28}), training_conv_kernels()};
  ConvWorkspace<float> work{net};
  std::vector<float> parameters = std::vector<float>(net.parameter_count());
  std::vector<float> gradient = parameters;
  std::vector<float> images, d_images, ones = std::vector<float>(kLanes, 1);

  Fixture() {
    net.initialise(parameters, 1);
    net.pack(parameters);
    RandomSequence random(2, Stream::batch);
    images.resize(std::size_t(net.image_size()) * kLanes);
    for (float& x : images) x = static_cast<float>(random.normal());
    d_images = images;
    net.forward(images, work);
    net.backward(work, ones, {}, d_images);
  }
  /// Multiply-adds of one pass over layers [first, end).
  double pass(int first = 0) const {
    double sum = 0;
    for (int l = first; l < net.layers(); ++l) sum += net.multiply_adds(l);
    return sum * kLanes;
  }
};

void report(benchmark::State& state, double multiply_adds) {
  state.counters["GFLOP/s"] = benchmark::Counter(2e-9 * multiply_adds * double(state.iterations()),
                                                 benchmark::Counter::kIsRate);
  state.counters["of_peak"] = benchmark::Counter(
      2 * multiply_adds * double(state.iterations()) / fma_peak(), benchmark::Counter::kIsRate);
}

BENCHMARK(Peak)->Iterations(1)->Unit(benchmark::kMillisecond);

void Forward(benchmark::State& state) {
  Fixture f;
  for (auto _ : state) benchmark::DoNotOptimize(f.net.forward(f.images, f.work).data());
  report(state, f.pass());
}
BENCHMARK(Forward)->Unit(benchmark::kMicrosecond);

void BackwardData(benchmark::State& state) {
  Fixture f;
  for (auto _ : state) f.net.backward(f.work, f.ones, {}, f.d_images);
  report(state, f.pass());
}
BENCHMARK(BackwardData)->Unit(benchmark::kMicrosecond);

void BackwardDataAndWeights(benchmark::State& state) {
  Fixture f;
  for (auto _ : state) f.net.backward(f.work, f.ones, f.gradient);
  report(state, f.pass() + f.pass(1));
}
BENCHMARK(BackwardDataAndWeights)->Unit(benchmark::kMicrosecond);

/// One pass of one layer straight through the kernels.
void Layer(benchmark::State& state, int part) {
  Fixture f;
  const int layer = static_cast<int>(state.range(0));
  for (auto _ : state) f.net.run_part(f.work, layer, static_cast<ConvPart>(part), f.gradient);
  report(state, f.net.multiply_adds(layer) * kLanes);
}
void ForwardLayer(benchmark::State& state) { Layer(state, 0); }
void BackwardDataLayer(benchmark::State& state) { Layer(state, 1); }
void BackwardWeightsLayer(benchmark::State& state) { Layer(state, 2); }
BENCHMARK(ForwardLayer)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);
BENCHMARK(BackwardDataLayer)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);
BENCHMARK(BackwardWeightsLayer)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);

void GradientPenalty(benchmark::State& state) {
  Fixture f;
  for (auto _ : state)
    benchmark::DoNotOptimize(f.net.gradient_penalty(f.images, f.work, f.ones, 10, 1, f.gradient));
  report(state, 4 * f.pass());
}
BENCHMARK(GradientPenalty)->Unit(benchmark::kMicrosecond);

void Pack(benchmark::State& state) {
  Fixture f;
  for (auto _ : state) f.net.pack(f.parameters);
}
BENCHMARK(Pack)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace phaseloom

BENCHMARK_MAIN();
