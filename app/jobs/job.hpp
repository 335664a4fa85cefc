// SPDX-License-Identifier: MIT
#pragma once
// A job in the background that shows how far it is: an immutable snapshot, published now and then.

#include <memory>

#include "app/jobs/job_thread.hpp"

namespace phaseloom {

/// `Snapshot::serial` counts publications; equal serial, equal snapshot.
template <class Snapshot>
class Job : public JobThread {
 public:
  /// Never null, and never waits for the job: it may be the one before, if the job just writes it.
  std::shared_ptr<const Snapshot> latest() {
    const auto lock = glance();
    return lock ? seen_ = latest_ : seen_;
  }

 protected:
  explicit Job(bool gated, const JobWords& words = {}, Priority priority = Priority::low)
      : JobThread(gated, words, priority),
        latest_(std::make_shared<const Snapshot>()),
        seen_(latest_) {}

  /// Of any thread. Not if `unless` is requested by then.
  void publish(const Snapshot& snapshot, const std::stop_token& unless = {}) {
    auto next = std::make_shared<Snapshot>(snapshot);
    std::shared_ptr<const Snapshot> former = next;  // until the lock is released, then freed
    const std::lock_guard lock(mutex_);
    if (unless.stop_requested()) return;
    next->serial = latest_->serial + 1;
    latest_.swap(former);
  }
  /// By the window: what latest() returns from now on.
  void publish_at_once(const Snapshot& snapshot) {
    publish(snapshot);
    const std::lock_guard lock(mutex_);
    seen_ = latest_;
  }

 private:
  std::shared_ptr<const Snapshot> latest_;  // guarded by the mutex
  std::shared_ptr<const Snapshot> seen_;    // the caller's: what latest() returned last
};

}  // namespace phaseloom
