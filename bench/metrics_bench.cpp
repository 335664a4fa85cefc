// SPDX-License-Identifier: MIT
// What an evaluation costs: features of generated pictures, the Gaussian fit, the distance.

#include <benchmark/benchmark.h>

#include <vector>

#include "engine/metrics/classifier.hpp"
#include "engine/metrics/frechet.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

std::vector<float> random_numbers(std::size_t n, std::uint64_t seed) {
  RandomSequence random(seed, Stream::batch);
  std::vector<float> v(n);
  for (float& x : v) x = static_cast<float>(random.uniform());
  return v;
}

void Judge(benchmark::State& state) {
  const ConvNet<float> net(classifier_shape({28, 28}));
  std::vector<float> parameters(net.parameter_count());
  net.initialise(parameters, 1);
  const Classifier classifier(parameters, {28, 28});
  const int count = 4096;
  const auto images = random_numbers(std::size_t(count) * net.image_size(), 2);
  ThreadPool pool(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(classifier.judge(images, pool));
  state.counters["images"] =
      benchmark::Counter(double(count) * double(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(Judge)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void FitGaussian(benchmark::State& state) {
  const auto features = random_numbers(10000 * kClassifierFeatures, 1);
  for (auto _ : state) benchmark::DoNotOptimize(fit_gaussian(features, kClassifierFeatures));
}
BENCHMARK(FitGaussian)->Unit(benchmark::kMillisecond);

void FrechetDistance(benchmark::State& state) {
  const auto fit = [](std::uint64_t seed) {
    return fit_gaussian(random_numbers(1000 * kClassifierFeatures, seed), kClassifierFeatures);
  };
  const auto a = fit(1), b = fit(2);
  for (auto _ : state) benchmark::DoNotOptimize(frechet_distance(a, b));
}
BENCHMARK(FrechetDistance)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace phaseloom

BENCHMARK_MAIN();
