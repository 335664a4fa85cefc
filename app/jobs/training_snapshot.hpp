// SPDX-License-Identifier: MIT
#pragma once
// One moment of a training in the background, immutable: what the job publishes and the window
// draws.

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/document/training_setup.hpp"
#include "engine/learning/loss_curve.hpp"

namespace phaseloom {

/// One look at the quality of the running average. Distances are Frechet classifier distances to
/// the test set; NaN if they were not measured.
struct QualityPoint {
  std::int64_t iteration = 0;
  double fcd_rk4 = 0;       ///< of the differential equation itself (RK4, 8 steps per chunk)
  double fcd_training = 0;  ///< by the training's integrator with 3 steps per chunk
};

struct TrainingSnapshot {
  enum class State {
    idle,      ///< nothing was started yet
    loading,   ///< the data set is read, the quality reference prepared
    running,   ///< it trains
    paused,    ///< and goes on when told to
    finished,  ///< at its end, or stopped
    failed,    ///< `reason` says why
  };
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  State state = State::idle;
  bool active() const {
    return state == State::loading || state == State::running || state == State::paused;
  }
  std::string doing;      ///< while loading: "Reading mnist"
  bool stopping = false;  ///< asked to stop or at its end: it takes its last look
  bool stopped = false;   ///< finished before its end, because it was asked to
  std::string reason;     ///< of a failure, or of another early end, one line
  std::string note;       ///< what is missing though it trains, e.g. why quality is not measured
  int rollbacks = 0;      ///< how often it diverged and went back to a good moment
  std::string trouble;    ///< what cannot be written just now, e.g. a full disk; it trains on
  TrainingSetup setup;    ///< what was started

  std::int64_t iteration = 0;
  std::int64_t batch = 0;  ///< samples per iteration
  double progress = 0;     ///< of the schedule, 0 .. 1
  // Not measured where pictures must not depend on the clock (synchronous sessions): 0.
  double iterations_per_second = 0;
  double seconds_left = 0;

  std::vector<LossPoint> losses;    ///< at most LossCurve::kMaxPoints, evenly spaced
  std::vector<QualityPoint> curve;  ///< looks at the quality

  /// Samples of the running average, always of the same noise: [sample][pixel] in [0, 1].
  std::shared_ptr<const std::vector<float>> pictures;
  PictureShape picture;
  std::int64_t pictures_iteration = 0;

  double floor = kUnknown;  ///< distance that real training pictures have
  bool has_best = false;    ///< there is something to keep
  double best = kUnknown;   ///< distance of it, if it was measured
  std::int64_t best_iteration = 0;
  /// A training that was stopped or cut off is there to go on with (train.go_on): what it was to
  /// make, and how far it came.
  bool can_go_on = false;
  TrainingSetup unfinished;
  double unfinished_minutes = 0;
  std::string kept;  ///< file that the best was written to last
};

/// "running", "paused", ...
std::string_view state_name(TrainingSnapshot::State state);

}  // namespace phaseloom
