// SPDX-License-Identifier: MIT
// What the window asks of the job (its own thread: training_thread.cpp).

#include "app/jobs/training_job.hpp"

#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {

namespace {

constexpr JobWords kWords{"training", "train.", "train.start", "takes its last look"};

}  // namespace

TrainingJob::TrainingJob(TrainingJobOptions options, bool gated)
    : Job(gated, kWords), options_(std::move(options)), last_(options_.checkpoint.parent_path()) {
  if (options_.checkpoint.empty()) return;
  JobThread::order([this](auto) {
    look_for_checkpoint();
    look_for_last();
    publish();
  });
}

void TrainingJob::order(TrainingSetup setup, bool go_on) {
  order_long([this, setup = std::move(setup), go_on](std::stop_token stop) {
    train({setup, go_on, std::move(stop)});
  });
}

void TrainingJob::start(const TrainingSetup& setup) { order(setup, false); }

void TrainingJob::go_on() {
  if (!latest()->can_go_on) fail("train.go_on: there is no training to go on with");
  order(latest()->unfinished, true);
}

void TrainingJob::keep(const std::filesystem::path& file) {
  if (file.extension() != ".safetensors")
    fail("train.keep: {} should end in .safetensors", file.string());
  errand([this, file] { write_best(file); });
}

}  // namespace phaseloom
