// SPDX-License-Identifier: MIT
#pragma once
// The options of `phaseloom train`: what there is, and what goes together.

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "engine/learning/training_run.hpp"

namespace phaseloom {

struct TrainOptions {
  std::string dataset;
  std::string data_dir;
  std::string out;
  std::string grids;
  std::string from;
  std::string resume;
  std::string loss{name_of(kUsualLoss)};
  bool symmetric_grid = false;
  std::string substrate = "kuramoto_shil";
  int hidden = 1;
  std::optional<int> radius;  ///< with `from`, of the wider network that it becomes
  int chunks = 6;
  std::optional<double> chunk_duration;  ///< else the usual one of the substrate
  bool tied = false;
  bool labels = false;
  TrainingPlan plan;
  int threads = 0;
  std::string command_line;       ///< for the model's metadata
  nlohmann::ordered_json parent;  ///< of --from: {"model", "training"}; else null
};

void add_train_options(CLI::App& command, TrainOptions& options);

/// After parsing: what follows from the options together, and the command line that says them.
/// Throws Error for one that could have no effect.
void complete(TrainOptions& options, const CLI::App& command);

}  // namespace phaseloom
