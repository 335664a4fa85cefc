// SPDX-License-Identifier: MIT
#include "app/jobs/playground_job.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "engine/playground/presets.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;

constexpr JobWords kWords{"playground", "playground.", "workspace learn", "ends"};
constexpr auto kPublishInterval = 14ms;  // a frame's time
constexpr auto kDoze = 3ms;              // between two looks for wishes
constexpr auto kSlumber = 30ms;          // the same while nobody watches
/// What time has brought beyond that is let go: a machine that is too slow runs slower.
constexpr double kMostOwedSeconds = 0.05;
/// Steps between two looks for wishes.
constexpr int kSlice = 64;

}  // namespace

PlaygroundJob::PlaygroundJob(bool gated) : Job(gated, kWords, Priority::normal) {}

// --- called by the window ------------------------------------------------------------------------

void PlaygroundJob::need_run(const char* command) const {
  if (!shown_) fail("playground.{}: nothing runs yet; workspace learn begins it", command);
}

void PlaygroundJob::show(const PlaygroundSetup& setup, bool watched) {
  if (!shown_) {
    if (!watched) return;
    shown_ = setup;
    watched_before_ = true;
    return order_long([this, setup](auto) { perform(setup); });
  }
  if (watched != std::exchange(watched_before_, watched))
    errand([this, watched] {
      watched_ = watched;
      last_ = Clock::now();
    });
  if (*shown_ == setup) return;
  shown_ = setup;
  change([setup](PlaygroundRun& run) { return run.assign(setup); });
}

void PlaygroundJob::change(std::function<bool(PlaygroundRun&)> work) {
  errand([this, work = std::move(work)] {
    if (!run_) return;
    bool disturbed = false;
    const auto problem =
        problem_of([&] { disturbed = work(*run_); }, "not enough memory; take fewer units");
    if (problem) note(true, "playground: " + *problem);
    if (disturbed) {
      stuck_ = false;
      const Preset preset = run_->setup().preset;
      if (metered_ != preset) meter_ = preset_info(preset).meter();
      metered_ = preset;
      meter_->disturbed(*run_);
    }
    show_now();
  });
}

void PlaygroundJob::play() {
  need_run("play");
  resume();
}
void PlaygroundJob::halt() {
  need_run("pause");
  pause();
}
void PlaygroundJob::step(int steps) {
  need_run("step");
  advance(steps);
}
void PlaygroundJob::back(int steps) {
  need_run("back");
  if (!gated_) pause();
  change([this, steps](PlaygroundRun& run) {
    const bool went = run.back(steps);
    if (!went) note(false, "this is the first moment that is kept");
    return went;
  });
}
void PlaygroundJob::restart() {
  need_run("restart");
  change([](PlaygroundRun& run) {
    run.restart();
    return true;
  });
}
void PlaygroundJob::turn(int unit, double value) {
  need_run("turn");
  change([unit, value](PlaygroundRun& run) {
    run.turn(unit, value);
    return true;
  });
}
void PlaygroundJob::disturb(double share) {
  need_run("disturb");
  change([share](PlaygroundRun& run) {
    run.disturb(share);
    return true;
  });
}

// --- the thread ----------------------------------------------------------------------------------

void PlaygroundJob::perform(const PlaygroundSetup& setup) {
  run_ = std::make_unique<PlaygroundRun>(setup);
  metered_ = setup.preset;
  meter_ = preset_info(setup.preset).meter();
  meter_->disturbed(*run_);
  watched_ = true;
  last_ = Clock::now();
  show_now();
  for (;;) {
    (void)granted(0);  // wishes, and rest if it is paused
    if (told_to_stop()) return;
    const int wanted = gated_ ? kSlice : due();
    if (wanted == 0) {
      std::this_thread::sleep_for(watched_ ? kDoze : kSlumber);
      continue;
    }
    const int steps = granted(wanted);
    if (steps == 0) return;
    go(steps);
  }
}

void PlaygroundJob::go(int steps) {
  for (int i = 0; i < steps && !stuck_; ++i) {
    stuck_ = !run_->advance(1);
    if (!stuck_) meter_->take(*run_);
  }
  if (stuck_ && playing_)
    note(true, "playground: states grow beyond all numbers; shorten the step, or weaken what drives "
               "them. It stands at its last good moment");
  playing_ = !stuck_;
  rested_ = false;
  if (!gated_ && Clock::now() - published_ >= kPublishInterval) show_now();
}

int PlaygroundJob::due() {
  const auto now = Clock::now();
  const double passed = std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  if (!watched_ || stuck_) return 0;
  if (std::exchange(rested_, false)) {
    owed_ = 0;
    return 1;
  }
  const PlaygroundSetup& setup = run_->setup();
  const double per_second = setup.speed / setup.step;
  owed_ = std::min(owed_ + passed * per_second, std::max(1.0, kMostOwedSeconds * per_second));
  const int steps = std::min(static_cast<int>(owed_), kSlice);
  owed_ -= steps;
  return steps;
}

void PlaygroundJob::show_now() {
  PlaygroundSnapshot snapshot;
  snapshot.setup = run_->setup();
  snapshot.network = run_->shared_network();
  snapshot.moments.assign(run_->moments().begin(), run_->moments().end());
  snapshot.is_phase = run_->is_phase();
  snapshot.playing = playing_;
  snapshot.reading = meter_->read(*run_);
  publish(snapshot);
  published_ = Clock::now();
}

void PlaygroundJob::about_to_rest(bool) {
  if (!run_) return;
  playing_ = false;
  rested_ = true;
  show_now();
}

}  // namespace phaseloom
