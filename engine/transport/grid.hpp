// SPDX-License-Identifier: MIT
#pragma once
// The grid of experiments (after [AIS], figure 4): models x losses x chunks x hidden units x
// seeds x pairs, as one job that can be stopped and gone on with.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/transport/results.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {

/// What to run: the product of all lists. Defaults are all that docs/transport.md reports, seed 1.
struct TransportPlan {
  std::vector<std::string> pairs{"D1", "D2", "D3", "D4"};
  std::vector<std::string> models{transport_models().begin(), transport_models().end()};
  std::vector<TransportLoss> losses{TransportLoss::ot_cfm, TransportLoss::swd};
  std::vector<int> chunks{1, 2, 4, 8};
  std::vector<int> hidden{0, 2, 4, 8, 16};
  std::vector<std::uint64_t> seeds{1};
  int iterations = 0;         ///< per training; 0: default_iterations()
  int points = kScorePoints;  ///< that a result is measured with
};

/// Whether two rows are of the same experiment (all but the measurements).
bool same_experiment(const TransportRow& a, const TransportRow& b);

/// The plan's experiments, measurements 0, seed by seed and pair by pair; the mlp, which has
/// neither chunks nor hidden units, once. Throws Error where a name or a number is not allowed.
std::vector<TransportRow> experiments(const TransportPlan& plan);

struct GridProgress {
  int done = 0, total = 0;               ///< rows of the plan, those found in the file among them
  double seconds_left = 0;               ///< estimate from the rows of this run; 0 before the first
  const TransportRow* latest = nullptr;  ///< what was just finished, or null
  /// That training, if it did not diverge; for as long as the call lasts.
  const TransportTrainer* trained = nullptr;
};

/// Runs what the plan has and the file at `path` does not, on `threads` threads, each row on one;
/// rewrites the file, whole, after every row: first the rows that were there, then the new ones in
/// the plan's order. Without a path, runs all of the plan and keeps nothing. The rows do not depend
/// on the number of threads (but for their seconds).
/// @param progress called before the first row, after each, and now and then, one call at a time;
/// returning false stops: what is finished is in the file, unfinished trainings are dropped.
/// @returns all rows of the file. Throws Error where the plan or the file is not right.
std::vector<TransportRow> run_transport_grid(
    const TransportPlan& plan, const std::filesystem::path& path, int threads,
    const std::function<bool(const GridProgress&)>& progress = {});

}  // namespace phaseloom
