// SPDX-License-Identifier: MIT
// What the window asks of the job (its own thread: training_thread.cpp).

#include "app/jobs/training_job.hpp"

#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {

TrainingJob::TrainingJob(TrainingOptions options, bool gated)
    : GatedThread(gated),
      options_(std::move(options)),
      last_(options_.checkpoint.parent_path()),
      latest_(std::make_shared<const TrainingSnapshot>()),
      seen_(latest_) {
  if (options_.checkpoint.empty()) return;
  look_wanted_ = true;
  resting_ = false;
  wake();
}

TrainingJob::~TrainingJob() {
  {
    const std::lock_guard lock(mutex_);
    stop_.request_stop();
  }
  finish();
}

void TrainingJob::order(TrainingSetup setup, bool go_on) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_) fail("the training before is taking its last look; begin when it is done");
    if (busy_) fail("a training is running; stop it first (train.stop)");
    busy_ = true;
    stop_ = {};
    wanted_ = Order{std::move(setup), go_on, stop_.get_token()};
    pause_ = false;
    credit_ = gated_ ? 0 : -1;
    resting_ = false;
  }
  wake();
}

void TrainingJob::start(const TrainingSetup& setup) { order(setup, false); }

void TrainingJob::go_on() {
  if (!latest()->can_go_on) fail("train.go_on: there is no training to go on with");
  order(latest()->unfinished, true);
}

void TrainingJob::pause() {
  {
    const std::lock_guard lock(mutex_);
    need_training("train.pause");
    pause_ = true;
    resting_ = false;
  }
  wake();
}

void TrainingJob::resume() {
  {
    const std::lock_guard lock(mutex_);
    need_training("train.resume");
    pause_ = false;
    if (!gated_) credit_ = -1;
    resting_ = false;
  }
  wake();
}

void TrainingJob::stop() {
  {
    const std::lock_guard lock(mutex_);
    need_training("train.stop");
    stop_.request_stop();
    ending_ = true;
    resting_ = false;
  }
  wake();
}

void TrainingJob::need_training(std::string_view what) const {
  if (!busy_) fail("{}: no training is running; train.start begins one", what);
  if (ending_) fail("{}: the training has come to its end and takes its last look", what);
}

void TrainingJob::advance(std::int64_t iterations) {
  {
    const std::lock_guard lock(mutex_);
    need_training("train.advance");
    credit_ = std::max<std::int64_t>(credit_, 0) + iterations;
    pause_ = false;
    resting_ = false;
  }
  wake();
}

void TrainingJob::keep(const std::filesystem::path& file) {
  if (file.extension() != ".safetensors")
    fail("train.keep: {} should end in .safetensors", file.string());
  {
    const std::lock_guard lock(mutex_);
    to_keep_.push_back(file);
    resting_ = false;
  }
  wake();
}

std::shared_ptr<const TrainingSnapshot> TrainingJob::latest() {
  const auto lock = glance();
  return lock ? seen_ = latest_ : seen_;
}

std::deque<std::string> TrainingJob::take_problems() {
  const auto lock = glance();
  return lock ? std::exchange(problems_, {}) : std::deque<std::string>();
}

}  // namespace phaseloom
