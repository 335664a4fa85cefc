// SPDX-License-Identifier: MIT
#pragma once
// A field that runs without end on a thread of its own.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/document/field_experiment.hpp"
#include "app/jobs/job.hpp"
#include "engine/field/field.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// One moment of a field, immutable: what its job publishes and the window draws.
struct FieldSnapshot {
  using Values = std::shared_ptr<const std::vector<float>>;

  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  int width = 0, height = 0;
  Values phases;  ///< [row][column], rad; null: nothing runs yet
  bool playing = false;
  double time = 0;
  std::int64_t step = 0;
  double order = 0;
  DefectCount defects;
  double steps_per_second = 0;  ///< measured; 0 in synchronous sessions
  // Over time, as it was published.
  std::vector<double> times, orders, defect_counts;
};

/// All public methods belong to one thread. A gated one goes no further than step() lets it.
class FieldJob : public Job<FieldSnapshot> {
 public:
  explicit FieldJob(bool gated = false);
  ~FieldJob() { finish(); }

  /// What runs from now on; the first time it begins. Time stands still while nobody watches.
  void show(const FieldExperiment& experiment, bool watched);
  /// Throws Error, led by the command, before anything was shown; so do all that follow.
  void need_field(const char* command) const;
  // Of one that is not gated.
  void play();
  void halt();
  // Of either.
  void step(int steps);
  void restart();
  void disturb(double x, double y, double radius, Disturbance what);

 private:
  using Clock = std::chrono::steady_clock;

  void change(std::function<void(Field&)> work);
  // The thread's own.
  void perform();
  void make();
  int due();
  void show_now();
  void about_to_rest(bool paused) override;

  std::optional<FieldExperiment> shown_;  // the caller's
  bool watched_before_ = false;           // likewise

  FieldExperiment experiment_;
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<Field> field_;
  FieldSnapshot now_;
  bool watched_ = false;
  double owed_ = 0, rate_ = 0;
  Clock::time_point last_, published_;
  std::int64_t published_step_ = 0;
};

}  // namespace phaseloom
