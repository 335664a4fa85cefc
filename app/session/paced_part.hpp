// SPDX-License-Identifier: MIT
#pragma once
// A part whose job goes on without end while the window shows it (paced_job.hpp). In a synchronous
// session time comes by pass() instead.

#include <cstdint>
#include <memory>

#include "app/session/part.hpp"

namespace phaseloom {

template <class JobKind, class Snapshot>
class PacedPart : public Part {
 public:
  PacedPart(Session& session, bool gated)
      : Part(session), job_(gated), latest_(job_.latest()), gated_(gated) {}

  std::uint64_t activity() const override { return latest_->serial; }
  bool playing() const { return gated_ ? plays_ : latest_->playing; }
  const std::shared_ptr<const Snapshot>& latest() const { return latest_; }

  void pass(double seconds) override {
    if (!plays_ || !watched()) return;
    owed_ += seconds * steps_per_second();
    const int steps = static_cast<int>(owed_);
    owed_ -= steps;
    if (steps > 0) job_.step(steps);
  }

 protected:
  /// It is what the window shows.
  virtual bool watched() const = 0;
  /// As the scene asks for.
  virtual double steps_per_second() const = 0;

  void play(bool on) {
    if (!gated_) return on ? job_.play() : job_.halt();
    job_.need(on ? "play" : "pause");
    plays_ = on;
    owed_ = 0;
  }
  void step(int steps) {
    job_.step(steps);
    plays_ = false;
  }
  void back(int steps) {
    job_.back(steps);
    plays_ = false;
  }
  void take_news() {
    tell(job_.take_notes());
    latest_ = job_.latest();
  }

  JobKind job_;
  std::shared_ptr<const Snapshot> latest_;

 private:
  const bool gated_;
  // Of a synchronous session.
  bool plays_ = false;
  double owed_ = 0;  // steps
};

}  // namespace phaseloom
