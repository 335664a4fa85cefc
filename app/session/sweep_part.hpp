// SPDX-License-Identifier: MIT
#pragma once
// Many designs, in a folder that this process works on or looks at, as a part of a session.

#include <chrono>
#include <memory>
#include <string>

#include "app/jobs/sweep_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class SweepPart : public Part {
 public:
  SweepPart(Session& session, const TrainingJobOptions& options, bool gated);

  bool act(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return latest_->serial; }
  bool trains() const override { return latest_->running && !latest_->paused; }
  const std::shared_ptr<const SweepSnapshot>& latest() const { return latest_; }

 private:
  using Clock = std::chrono::steady_clock;

  void show(const std::string& cell);
  /// The folder of the view, if it is not the one that is open.
  void follow_view();

  SweepJob job_;
  std::shared_ptr<const SweepSnapshot> latest_;
  std::string asked_;  ///< folder that was opened or begun last
  Clock::time_point looked_{};
};

}  // namespace phaseloom
