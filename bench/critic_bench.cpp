// The critic, part by part, as a fraction of the multiply-add peak of one core. Only taps inside
// the image count as work.

#include <benchmark/benchmark.h>

#include <vector>

#include "engine/learning/adam.hpp"
#include "engine/learning/wgan_gp.hpp"
#include "engine/support/fma_peak.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

double peak() {
  static const double flops = measure_fma_peak_flops();
  return flops;
}

struct Fixture {
  ConvNet<float> net{critic_shape()};
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

void report(benchmark::State& state, double multiply_adds, int cores = 1) {
  state.counters["GFLOP/s"] = benchmark::Counter(2e-9 * multiply_adds * double(state.iterations()),
                                                 benchmark::Counter::kIsRate);
  state.counters["of_peak"] =
      benchmark::Counter(2 * multiply_adds * double(state.iterations()) / (peak() * cores),
                         benchmark::Counter::kIsRate);
}

void Peak(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(measure_fma_peak_flops());
  state.SetLabel(isa_name(active_isa()));
  state.counters["GFLOP/s"] = peak() * 1e-9;
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
    benchmark::DoNotOptimize(f.net.gradient_penalty(f.images, f.work, 10, 1, f.gradient));
  report(state, 4 * f.pass());
}
BENCHMARK(GradientPenalty)->Unit(benchmark::kMicrosecond);

void Pack(benchmark::State& state) {
  Fixture f;
  for (auto _ : state) f.net.pack(f.parameters);
}
BENCHMARK(Pack)->Unit(benchmark::kMicrosecond);

/// Batch 64: real and fake forward and backward, the penalty, Adam, packing.
void CriticStep(benchmark::State& state) {
  const int threads = static_cast<int>(state.range(0));
  Fixture f;
  ThreadPool pool(threads);
  WganGp wgan(critic_shape(), pool);
  Adam adam(f.parameters.size());
  std::vector<float> real, fake;
  for (int block = 0; block < 2; ++block) {
    real.insert(real.end(), f.images.begin(), f.images.end());
    fake.insert(fake.end(), f.d_images.begin(), f.d_images.end());
  }
  std::uint32_t iteration = 0;
  for (auto _ : state) {
    wgan.set_critic(f.parameters);
    wgan.critic_gradient(real, fake, 1, iteration++, f.gradient);
    adam.step(f.parameters, f.gradient, 1e-4f);
  }
  report(state, 2 * (2 * (2 * f.pass() + f.pass(1)) + 4 * f.pass()), threads);
}
BENCHMARK(CriticStep)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void GeneratorSignal(benchmark::State& state) {
  const int threads = static_cast<int>(state.range(0));
  Fixture f;
  ThreadPool pool(threads);
  WganGp wgan(critic_shape(), pool);
  wgan.set_critic(f.parameters);
  std::vector<float> fake = f.images;
  fake.insert(fake.end(), f.images.begin(), f.images.end());
  std::vector<float> d_fake = fake;
  for (auto _ : state) benchmark::DoNotOptimize(wgan.generator_signal(fake, d_fake));
  report(state, 2 * 2 * f.pass(), threads);
}
BENCHMARK(GeneratorSignal)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace phaseloom

BENCHMARK_MAIN();
