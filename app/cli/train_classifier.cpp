// SPDX-License-Identifier: MIT
// `phaseloom train-classifier`: the judge of generated pictures, from a data set.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/training_files.hpp"
#include "engine/metrics/classifier_training.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

struct ClassifierOptions {
  std::string dataset;
  std::string data_dir;
  std::string out;
  ClassifierTraining training;
  int threads = 0;
};

void train_judge(const ClassifierOptions& options) {
  const std::filesystem::path out = options.out;
  check_model_file(out);
  const auto locks = lock_files({&out, 1}, "phaseloom train-classifier");
  std::optional<std::filesystem::path> data;
  if (!options.data_dir.empty()) data = options.data_dir;
  const ImageSet train = load_image_set(options.dataset, Split::train, data);
  const ImageSet test = load_image_set(options.dataset, Split::test, data);

  ThreadPool pool(options.threads);
  InterruptScope interrupt;
  std::stop_source stop;
  Classifier classifier = train_classifier(
      train, options.training, pool,
      [&](const ClassifierProgress& p) {
        print_out("epoch {:3} of {}  cross-entropy {:.4f}  right {:.2f} %\n", p.epoch, p.epochs,
                  p.loss, 100 * p.train_accuracy);
        flush_output();
        if (interrupt.interrupted()) stop.request_stop();
      },
      stop.get_token());
  const double accuracy = classifier.accuracy(test, pool);
  classifier.facts["accuracy"] = fmt::format("{:.4f}", accuracy);
  classifier.save(out);
  print_out("{}: {:.2f} % of the {} test pictures right\n", legible(out.string()), 100 * accuracy,
            test.count());
}

}  // namespace

void add_train_classifier(CLI::App& app) {
  auto options = std::make_shared<ClassifierOptions>();
  CLI::App* command = app.add_subcommand(
      "train-classifier", "Train the classifier that judges pictures (FCD) on a data set");
  ClassifierTraining& training = options->training;
  command->add_option("DATASET", options->dataset, "mnist or fashion")
      ->required()
      ->check(CLI::IsMember({"mnist", "fashion"}));
  command->add_option("--data", options->data_dir, "Folder that holds the data set")
      ->type_name("DIR");
  command->add_option("--out", options->out, "The file to write (.safetensors)")
      ->required()
      ->type_name("FILE");
  add_number(*command, "--epochs", training.epochs, "Passes over the training pictures")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  add_number(*command, "--noise", training.noise, "Largest pixel noise, standard deviation")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_seed(*command, "--seed", training.seed, "Seed of everything random");
  add_threads_option(*command, options->threads);
  command->callback([options] { train_judge(*options); });
}

}  // namespace phaseloom
