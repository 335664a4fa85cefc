// SPDX-License-Identifier: MIT
#pragma once
// A whole training: the trainer's iterations along a schedule, with looks at the quality in
// between, checkpoints to continue from, and another try when it diverges.

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/learning/loss_curve.hpp"
#include "engine/learning/trainer.hpp"
#include "engine/metrics/evaluation.hpp"

namespace phaseloom {

struct TrainingPlan {
  TrainSettings settings;
  /// The schedule's length: a number of iterations (reproducible), or minutes of wall time (then
  /// the rates follow the clock). One of them is > 0.
  std::int64_t iterations = 0;
  double minutes = 0;
  double evaluate_every = 2;             ///< minutes; the end is always evaluated
  std::int64_t evaluate_iterations = 0;  ///< instead of minutes, if > 0: reproducible looks
  int evaluate_samples = 3000;           ///< pictures per evaluation
  /// Ends early when `fcd_rk4` has not become better for this many minutes; 0: never.
  double patience = 0;
  std::filesystem::path checkpoint;  ///< file to continue from after a kill; empty: none
  double checkpoint_every = 2;       ///< minutes
  std::string notes =
      "{}";  ///< JSON object kept in the checkpoint: whatever the caller needs to resume
};

/// One look at the quality of the averaged network. Distances are Frechet classifier distances, NaN
/// if there is no evaluator.
struct CurvePoint {
  double minutes = 0;  ///< of training, evaluations included, pauses not
  std::int64_t iteration = 0;
  double loss = 0;          ///< mean LossReport::distance since the last point
  double fcd_rk4 = 0;       ///< by RK4 with 8 steps per chunk: the differential equation itself
  double fcd_training = 0;  ///< by the training's integrator with 3 steps per chunk
};

/// Steps per chunk of a look, where it takes `fewest` of them of a network whose steps are counted
/// by chunk. Both kinds have more if the settings' longest step asks for more; runs are as warm as
/// the program.
int look_steps(const TrainSettings& settings, const Program& program, int fewest);
inline constexpr int kLookStepsRk4 = 8, kLookStepsTraining = 3;

struct TrainingNews {
  TrainReport report;
  double progress = 0;  ///< 0 .. 1
  double iterations_per_second = 0;
  double seconds_left = 0;
  const CurvePoint* last = nullptr;  ///< null before the first evaluation
  int rollbacks = 0;                 ///< how often it diverged and went back
  /// What could not be written, until it can; e.g. a full disk. Training goes on meanwhile.
  const std::string* trouble = nullptr;
  const Trainer* trainer = nullptr;  ///< the one that iterates; it stays until the training ends
};

struct TrainingResult {
  Program program;  ///< the average with the least fcd_rk4, or the last one without evaluator
  double fcd_rk4 = 0;
  std::int64_t iterations = 0;  ///< of that program
  double minutes = 0;
  bool counts = false;   ///< that program has the density it shall have
  bool stopped = false;  ///< before the schedule's end
  std::string reason;    ///< why it ended early, if nobody asked for it
  std::vector<CurvePoint> curve;
  LossCurve losses;  ///< of all iterations
};

struct TrainingCallbacks {
  std::function<void(const TrainingNews&)> news;  ///< after every iteration
  /// Before every iteration; may wait, for a pause: the training's clock stands still meanwhile.
  std::function<void()> between;
  /// After every evaluation, with the pictures [sample][pixel] it looked at (a few at least).
  std::function<void(const CurvePoint&, std::span<const float> pictures)> look;
  /// No iteration comes any more, nor does between(); there may be a last look.
  std::function<void()> ending;
  /// Called when a new best program is found.
  std::function<void(const TrainingResult&)> best;
};

/// What a training works on. References must outlive it.
struct TrainingInputs {
  const ImageSet& images;
  const FrechetEvaluator* evaluator = nullptr;  ///< null: quality is not measured
  const FeatureNet* features = nullptr;         ///< null: only losses that need none
  ThreadPool& pool;
  /// Each of them calls run_training() with equal plans and inputs, and returns the same result;
  /// the first one has the callbacks, tells the time, and writes checkpoints.
  TrainingRanks ranks = {};
};

/// Returns at the end of the plan or soon after a stop is asked for, on any rank. A training that
/// diverges goes back to its last good state with half the rates; the third time in a row it ends
/// with a reason, or with an Error if it has nothing to show. Throws Error if the ranks' inputs
/// differ. A stop writes a checkpoint; whoever has kept the result of a whole training removes the
/// file.
TrainingResult run_training(Program initial, const TrainingPlan& plan, const TrainingInputs& inputs,
                            const TrainingCallbacks& callbacks, std::stop_token stop = {});

struct Checkpoint;  // checkpoint.hpp
/// Goes on where it was; by iterations bit for bit as if nothing had happened.
TrainingResult resume_training(Checkpoint checkpoint, const TrainingInputs& inputs,
                               const TrainingCallbacks& callbacks, std::stop_token stop = {});

}  // namespace phaseloom
