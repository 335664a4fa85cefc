#pragma once
// A whole training: the trainer's iterations along a schedule, with looks at the quality in
// between.

#include <functional>
#include <stop_token>
#include <vector>

#include "engine/learning/trainer.hpp"
#include "engine/metrics/evaluation.hpp"

namespace phaseloom {

struct TrainingPlan {
  TrainSettings settings;
  /// The schedule's length: a number of iterations (reproducible), or minutes of wall time (then
  /// the rates follow the clock). One of them is > 0.
  std::int64_t iterations = 0;
  double minutes = 0;
  double evaluate_every = 2;    ///< minutes; the end is always evaluated
  int evaluate_samples = 3000;  ///< pictures per evaluation
};

/// One look at the quality of the averaged network. Distances are Frechet classifier distances, NaN
/// if there is no evaluator.
struct CurvePoint {
  double minutes = 0;  ///< of training, evaluations included
  std::int64_t iteration = 0;
  double wasserstein = 0;  ///< mean of the critic's estimate since the last point
  double truth = 0;        ///< by RK4 with 8 steps per chunk: the differential equation itself
  double coarse = 0;       ///< by the training's integrator with 3 steps per chunk
};

struct TrainingNews {
  TrainReport report;
  double progress = 0;  ///< 0 .. 1
  double iterations_per_second = 0;
  double seconds_left = 0;
  const CurvePoint* last = nullptr;  ///< null before the first evaluation
};

struct TrainingResult {
  Program program;  ///< the average with the least truth, or the last one without evaluator
  double truth = 0;
  std::int64_t iterations = 0;
  double minutes = 0;
  bool stopped = false;  ///< before the schedule's end
  std::vector<CurvePoint> curve;
};

struct TrainingCallbacks {
  std::function<void(const TrainingNews&)> news;  ///< after every iteration
  /// After every evaluation, with the pictures [sample][pixel] it looked at (a few at least).
  std::function<void(const CurvePoint&, std::span<const float> pictures)> look;
  /// Called when a new best program is found.
  std::function<void(const TrainingResult&)> best;
};

/// @param evaluator may be null. Returns at the end of the plan or soon after a stop is asked for.
/// A training that diverges returns what was best until then, or throws Error if there is nothing
/// yet.
TrainingResult run_training(Program initial, const ImageSet& images, const TrainingPlan& plan,
                            const FrechetEvaluator* evaluator, ThreadPool& pool,
                            const TrainingCallbacks& callbacks, std::stop_token stop = {});

}  // namespace phaseloom
