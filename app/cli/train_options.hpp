// SPDX-License-Identifier: MIT
#pragma once
// The options of `phaseloom train`: what there is, and what goes together.

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "app/document/training_setup.hpp"
#include "engine/learning/training_run.hpp"

namespace phaseloom {

struct TrainOptions {
  /// What is to be made. With `from` the network is that one's, with `resume` all but the threads
  /// is the checkpoint's.
  TrainingSetup setup{.minutes = kCommandMinutes};
  GradientFormat gradients = GradientFormat::f32;  ///< between ranks
  TrainingPlan plan;  ///< of the setup, and what only a command line can say: rates, patience
  std::string data_dir;
  std::string out;
  std::string grids;
  std::string from;
  std::string resume;
  std::optional<double> evaluate_every;  ///< minutes; else what is usual for the length
  bool asks_for_labels = false;          ///< by name: where they cannot be learnt it is a mistake
  bool has_radius = false;               ///< it was given; with `from`, to grow to
  bool has_temperature = false;          ///< likewise; with `from`, another bath to live in
  bool has_length = false;               ///< minutes or iterations were given
  std::string command_line;              ///< for the model's metadata
};

void add_train_options(CLI::App& command, TrainOptions& options);

/// After parsing: what follows from the options together, and the command line that says them.
/// Throws Error for one that could have no effect.
void complete(TrainOptions& options, const CLI::App& command);

}  // namespace phaseloom
