// SPDX-License-Identifier: MIT
#include "app/run/run_loop.hpp"

#include <utility>

namespace phaseloom {

InlineRunLoop::InlineRunLoop(const ExperimentOptions& options, bool compared)
    : experiment_(options, compared) {
  experiment_.start();
}

void InlineRunLoop::post(const Command& command) {
  experiment_.apply(command);
  while (experiment_.busy()) experiment_.tick();
  ++applied_;
  latest_.reset();
}

void InlineRunLoop::tell(Message::Level level, std::string text) {
  experiment_.tell(level, std::move(text));
  latest_.reset();
}

void InlineRunLoop::want_rates(bool wanted) {
  with_rates_ = wanted;
  latest_.reset();
}

std::shared_ptr<const Snapshot> InlineRunLoop::latest() {
  if (!latest_) {
    auto snapshot = experiment_.snapshot(with_rates_);
    snapshot.serial = ++serial_;
    snapshot.applied = applied_;
    latest_ = std::make_shared<const Snapshot>(std::move(snapshot));
  }
  return latest_;
}

double InlineRunLoop::step_fraction(const Snapshot& latest) const {
  return latest.holding ? 1 : due_;
}

void InlineRunLoop::pass(double seconds) {
  if (suspended_) return;
  constexpr double nearly_one = 1 - 1e-9;  // 60 frames of 1/60 s are a second
  due_ += seconds * experiment_.speed();
  for (; due_ >= nearly_one && experiment_.playing(); due_ -= 1) {
    experiment_.tick();
    latest_.reset();
  }
  if (!experiment_.playing()) due_ = 0;
}

}  // namespace phaseloom
