// SPDX-License-Identifier: MIT
#pragma once
// The playground's network, which runs without end on a thread of its own.

#include <functional>
#include <memory>
#include <optional>

#include "app/jobs/paced_job.hpp"
#include "app/jobs/playground_snapshot.hpp"

namespace phaseloom {

/// All public methods belong to one thread.
class PlaygroundJob : public PacedJob<PlaygroundSnapshot> {
 public:
  explicit PlaygroundJob(bool gated = false);
  ~PlaygroundJob() { finish(); }

  /// What runs from now on.
  void show(const PlaygroundSetup& setup, const std::shared_ptr<const Excerpt>& excerpt,
            bool watched);
  void back(int steps);
  void restart();
  void turn(int unit, double value);
  void disturb(double share);

 private:
  /// By the thread, on the run that there is; then it is shown. `work` says whether what was
  /// measured so far is of something else now.
  void change(std::function<bool(PlaygroundRun&)> work);

  // The thread's own.
  void begin(const PlaygroundSetup& setup, std::shared_ptr<const Excerpt> excerpt);
  void meter_anew();
  Pace pace() const override;
  bool take(int steps) override;
  void show_now() override;

  std::optional<PlaygroundSetup> shown_;          // the caller's
  std::shared_ptr<const Excerpt> shown_excerpt_;  // likewise

  std::unique_ptr<PlaygroundRun> run_;
  std::unique_ptr<Meter> meter_;
  std::optional<Preset> metered_;  // that the meter is of
};

}  // namespace phaseloom
