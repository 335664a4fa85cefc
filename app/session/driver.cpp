#include "app/session/driver.hpp"

#include <utility>

namespace phaseloom {

InlineDriver::InlineDriver(const SessionOptions& options) : experiment_(options) {
  experiment_.start();
}

void InlineDriver::post(const Command& command) {
  experiment_.apply(command);
  while (experiment_.busy()) experiment_.tick();
  ++applied_;
  latest_.reset();
}

void InlineDriver::tell(Message::Level level, std::string text) {
  experiment_.tell(level, std::move(text));
  latest_.reset();
}

void InlineDriver::want_rates(bool wanted) {
  with_rates_ = wanted;
  latest_.reset();
}

std::shared_ptr<const Snapshot> InlineDriver::latest() {
  if (!latest_) {
    auto snapshot = experiment_.snapshot(with_rates_);
    snapshot.serial = ++serial_;
    snapshot.applied = applied_;
    latest_ = std::make_shared<const Snapshot>(std::move(snapshot));
  }
  return latest_;
}

double InlineDriver::step_fraction(const Snapshot& latest) const {
  return latest.holding ? 1 : due_;
}

void InlineDriver::pass(double seconds) {
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
