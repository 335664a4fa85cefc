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
  std::uint64_t activity() const override { return activity_; }
  bool trains() const override { return latest_->running && !latest_->paused; }
  const std::shared_ptr<const SweepSnapshot>& latest() const { return latest_; }

 private:
  using Clock = std::chrono::steady_clock;

  /// The folder is the one that is seen from now on.
  void seen(const std::string& folder);
  void show(const std::string& cell);
  /// The folder of the view, if it is not the one that is open.
  void follow_view();

  const bool gated_;
  SweepJob job_;
  std::shared_ptr<const SweepSnapshot> latest_;
  std::string asked_;   ///< folder that was opened or begun last
  bool closed_ = true;  ///< whatever the job has open is not looked at
  std::uint64_t activity_ = 0;
  Clock::time_point looked_{};
};

}  // namespace phaseloom
