// SPDX-License-Identifier: MIT
#pragma once
// What a checkpoint remembers besides the numbers: whatever the window or the command line needs to
// go on with it, whichever of them began it.

#include <filesystem>
#include <string>
#include <string_view>

#include "app/document/training_setup.hpp"
#include "engine/learning/checkpoint.hpp"

namespace phaseloom {

/// Where a training began that no command line began.
inline constexpr std::string_view kMadeInTrain = "the Train workspace";

struct TrainingNotes {
  TrainingSetup setup;
  std::string made_in;  ///< kMadeInTrain, or empty: a command line
  std::string command;  ///< the command lines that shaped it, "; " between; empty: none
  /// JSON object {"model", "training"} of the network that it began with; empty: random couplings.
  std::string from;
  std::filesystem::path data;   ///< folder of the data set; empty: the usual ones
  std::filesystem::path out;    ///< model file that is written at the end; empty: none is named
  std::filesystem::path grids;  ///< folder for pictures of looks; empty: none is named
};

/// JSON object for TrainingPlan::notes. Files can be found from any folder then, and also if their
/// names are not UTF-8, as JSON has to be.
std::string print_notes(const TrainingNotes& notes);

/// The notes of a checkpoint of this or an earlier version. What the checkpoint's own network says
/// counts. Throws Error naming its file if they are of no training that can be gone on with.
TrainingNotes notes_of(const Checkpoint& checkpoint);

}  // namespace phaseloom
