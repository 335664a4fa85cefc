// SPDX-License-Identifier: MIT
#pragma once
// Trainings on disk, to go on with after a kill.

#include <filesystem>

#include "engine/learning/training_run.hpp"

namespace phaseloom {

/// Where a killed or stopped training was.
struct Checkpoint {
  TrainingPlan plan;
  Program program;
  TensorFile state;       ///< of the trainer
  TrainingResult result;  ///< so far
  double minutes = 0;     ///< trained so far
  int slowed = 0;         ///< how often the rates were halved after a divergence

  std::int64_t iterations() const;  ///< trained so far
};

/// Throws Error naming the file and what is wrong with it. That the trainer's state fits the
/// program shows when it is taken up.
Checkpoint parse_checkpoint(TensorFile file);
Checkpoint load_checkpoint(const std::filesystem::path& path);
/// The bytes of a file; `target_name` names it in messages.
std::vector<std::byte> serialize_checkpoint(const Checkpoint& checkpoint,
                                            std::string_view target_name);
/// Whole or not at all.
void save_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint);

}  // namespace phaseloom
