// SPDX-License-Identifier: MIT
// reference_generators wgan|vae mnist|fashion: anchors for the Frechet classifier distance, from
// generators whose FID is published (docs/metrics.md).

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "bench/reference/training.hpp"
#include "engine/data/npy.hpp"
#include "engine/metrics/evaluation.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

struct Options {
  std::string kind, dataset, classifier, out;
  ReferencePlan plan;
  int samples = 10000;
  int threads = 0;
};

void run(const Options& options) {
  const ImageSet train = load_image_set(options.dataset, Split::train);
  const ImageSet test = load_image_set(options.dataset, Split::test);
  const Classifier classifier =
      Classifier::load(options.classifier.empty() ? PHASELOOM_SOURCE_DIR "/assets/models/" +
                                                        options.dataset + "-classifier.safetensors"
                                                  : options.classifier);
  ThreadPool pool(options.threads);
  int iterations = 0;
  const ReferenceNews news = [&](const ReferenceProgress& p) {
    iterations = p.iteration;
    if (p.iteration % 200 == 0)
      fmt::print(stderr, "{:3.0f} %  iteration {}  loss {:.3f}\n", 100 * p.fraction, p.iteration,
                 p.loss);
    return true;
  };
  const ReferenceGenerator generator = options.kind == "vae"
                                           ? train_vae(train, options.plan, pool, news)
                                           : train_wgan(train, options.plan, pool, news);
  const auto samples = generator.sample(options.samples, options.plan.seed + 1000, pool);
  if (!options.out.empty()) write_npy(options.out, {options.samples, 28, 28}, samples);
  const FrechetEvaluator evaluator(classifier, train, test, pool);
  const auto score = evaluator.evaluate(samples, pool);
  const double unit =
      gaussian_distance(evaluator, PixelGaussian(train, pool), options.samples, pool);
  fmt::print(
      "{} on {}: {} iterations, FCD {:.2f} (floor {:.2f}), relative FCD {:.4f}, {} samples, class "
      "entropy {:.3f} nats, confidence {:.3f}\n",
      options.kind, options.dataset, iterations, score.distance, score.floor, score.distance / unit,
      score.samples, score.class_entropy, score.confidence);
}

}  // namespace
}  // namespace phaseloom

int main(int argc, char** argv) {
  using namespace phaseloom;
  CLI::App app{"Reference generators, trained and measured like the oscillator networks",
               "reference_generators"};
  Options options;
  app.add_option("KIND", options.kind, "wgan or vae")
      ->required()
      ->check(CLI::IsMember({"wgan", "vae"}));
  app.add_option("DATASET", options.dataset, "mnist or fashion")
      ->required()
      ->check(CLI::IsMember({"mnist", "fashion"}));
  app.add_option("--minutes", options.plan.minutes, "Length of the training")
      ->check(CLI::Range(0.01, 10000.0))
      ->capture_default_str();
  app.add_option("--iterations", options.plan.iterations, "The same in iterations: reproducible")
      ->check(CLI::Range(1, 1'000'000'000));
  app.add_option("--seed", options.plan.seed, "Of everything random")->capture_default_str();
  app.add_option("--samples", options.samples, "How many to judge")
      ->check(CLI::Range(2, 1'000'000))
      ->capture_default_str();
  app.add_option("--classifier", options.classifier, "A classifier other than the shipped one");
  app.add_option("--out", options.out, "Write the samples, for phaseloom eval")
      ->type_name("FILE.npy");
  app.add_option("--threads", options.threads, "Threads; 0: one per core")
      ->check(CLI::Range(0, 1024));
  CLI11_PARSE(app, argc, argv);
  try {
    run(options);
    return 0;
  } catch (const Error& error) {
    fmt::print(stderr, "reference_generators: {}\n", error.what());
    return 2;
  }
}
