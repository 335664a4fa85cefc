// SPDX-License-Identifier: MIT
#include "app/jobs/playground_job.hpp"

#include <utility>

#include "engine/playground/presets.hpp"
#include "engine/support/caught.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;

constexpr JobWords kWords{"playground", "playground.", "workspace learn", "ends"};
constexpr auto kFrame = 14ms;
constexpr int kSlice = 64;  // steps between two looks for wishes

}  // namespace

PlaygroundJob::PlaygroundJob(bool gated) : PacedJob(gated, kWords, Priority::normal, kFrame) {}

// --- called by the window ------------------------------------------------------------------------

void PlaygroundJob::show(const PlaygroundSetup& setup,
                         const std::shared_ptr<const Excerpt>& excerpt, bool watched) {
  const bool begun = look(watched, [this, setup, excerpt] { begin(setup, excerpt); });
  if (watched && !shown_) {
    shown_ = setup;
    shown_excerpt_ = excerpt;
  }
  if (!begun || (*shown_ == setup && shown_excerpt_ == excerpt)) return;
  shown_ = setup;
  shown_excerpt_ = excerpt;
  change([setup, excerpt](PlaygroundRun& run) { return run.assign(setup, excerpt); });
}

void PlaygroundJob::change(std::function<bool(PlaygroundRun&)> work) {
  errand([this, work = std::move(work)] {
    if (!run_) return;
    bool disturbed = false;
    const auto problem =
        problem_of([&] { disturbed = work(*run_); }, "not enough memory; take fewer units");
    if (problem) note(true, "playground: " + *problem);
    if (disturbed) {
      loosen();
      meter_anew();
    }
    show_now();
  });
}

void PlaygroundJob::back(int steps) {
  need("back");
  if (!gated_) pause();
  change([this, steps](PlaygroundRun& run) {
    const bool went = run.back(steps);
    if (!went) note(false, "this is the first moment that is kept");
    return went;
  });
}
void PlaygroundJob::restart() {
  need("restart");
  change([](PlaygroundRun& run) {
    run.restart();
    return true;
  });
}
void PlaygroundJob::turn(int unit, double value) {
  need("turn");
  change([unit, value](PlaygroundRun& run) {
    run.turn(unit, value);
    return true;
  });
}
void PlaygroundJob::disturb(double share) {
  need("disturb");
  change([share](PlaygroundRun& run) {
    run.disturb(share);
    return true;
  });
}

// --- the thread ----------------------------------------------------------------------------------

void PlaygroundJob::begin(const PlaygroundSetup& setup, std::shared_ptr<const Excerpt> excerpt) {
  run_ = std::make_unique<PlaygroundRun>(setup, std::move(excerpt));
  meter_anew();
}

/// Dots of settings that were tried before stay, as long as it is about the same theory.
void PlaygroundJob::meter_anew() {
  const Preset preset = run_->setup().preset;
  if (metered_ != preset) meter_ = preset_info(preset).meter();
  metered_ = preset;
  meter_->disturbed(*run_);
}

PlaygroundJob::Pace PlaygroundJob::pace() const {
  return {run_->setup().speed / run_->step_length(), kSlice};
}

bool PlaygroundJob::take(int steps) {
  for (int i = 0; i < steps; ++i) {
    if (!run_->advance(1)) {
      note(true,
           "playground: states grow beyond all numbers; shorten the step, or weaken what drives "
           "them. It stands at its last good moment");
      return false;
    }
    meter_->take(*run_);
  }
  return true;
}

void PlaygroundJob::show_now() {
  if (!run_) return;
  PlaygroundSnapshot snapshot;
  snapshot.setup = run_->setup();
  snapshot.network = run_->shared_network();
  snapshot.moments.assign(run_->moments().begin(), run_->moments().end());
  snapshot.is_phase = run_->is_phase();
  snapshot.inner = run_->excerpt() ? run_->excerpt()->inner : snapshot.network->count();
  snapshot.playing = playing();
  snapshot.reading = meter_->read(*run_);
  publish(snapshot);
}

}  // namespace phaseloom
