// SPDX-License-Identifier: MIT
#pragma once
// A field that runs without end on a thread of its own.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/document/field_experiment.hpp"
#include "app/jobs/paced_job.hpp"
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

/// All public methods belong to one thread.
class FieldJob : public PacedJob<FieldSnapshot> {
 public:
  explicit FieldJob(bool gated = false);
  ~FieldJob() { finish(); }

  /// What runs from now on.
  void show(const FieldExperiment& experiment, bool watched);
  void restart();
  void disturb(double x, double y, double radius, Disturbance what);

 private:
  void change(std::function<void(Field&)> work);
  // The thread's own.
  void assign(const FieldExperiment& experiment);
  void make();
  Pace pace() const override;
  bool take(int steps) override;
  void show_now() override;
  void count_steps();

  std::optional<FieldExperiment> shown_;  // the caller's

  FieldExperiment experiment_;
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<Field> field_;
  FieldSnapshot now_;
  double rate_ = 0;  // steps per second, as counted
  Clock::time_point counted_;
  std::int64_t counted_step_ = 0;
};

}  // namespace phaseloom
