// SPDX-License-Identifier: MIT
#pragma once
// The playground's network, which runs without end on a thread of its own.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "app/jobs/job.hpp"
#include "app/jobs/playground_snapshot.hpp"

namespace phaseloom {

/// All public methods belong to one thread. A gated one goes no further than step() lets it.
class PlaygroundJob : public Job<PlaygroundSnapshot> {
 public:
  explicit PlaygroundJob(bool gated = false);
  ~PlaygroundJob() { finish(); }

  /// What runs from now on; the first time it begins. Time stands still while nobody watches.
  void show(const PlaygroundSetup& setup, bool watched);
  /// Throws Error, led by the command, before anything was shown; so do all that follow.
  void need_run(const char* command) const;
  // Of one that is not gated.
  void play();
  void halt();
  // Of either.
  void step(int steps);
  void back(int steps);
  void restart();
  void turn(int unit, double value);
  void disturb(double share);

 private:
  using Clock = std::chrono::steady_clock;

  /// By the thread, on the run that there is; then it is shown. `work` says whether what was
  /// measured so far is of something else now.
  void change(std::function<bool(PlaygroundRun&)> work);

  // The thread's own.
  void perform(const PlaygroundSetup& setup);
  void go(int steps);
  int due();
  void show_now();
  void about_to_rest(bool paused) override;

  std::optional<PlaygroundSetup> shown_;  // the caller's
  bool watched_before_ = false;           // likewise

  std::unique_ptr<PlaygroundRun> run_;
  std::unique_ptr<Meter> meter_;
  std::optional<Preset> metered_;  // that the meter is of
  bool watched_ = false, playing_ = false;
  bool stuck_ = false;      // its states would not be finite any more
  double owed_ = 0;         // steps that time has brought and that are not done
  bool rested_ = true;      // since the last step: the next one is due at once
  Clock::time_point last_;  // when owed_ was counted
  Clock::time_point published_;
};

}  // namespace phaseloom
