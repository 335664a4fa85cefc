// SPDX-License-Identifier: MIT
#pragma once
// The training in the background, as a part of a session.

#include <memory>

#include "app/jobs/training_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class TrainingPart : public Part {
 public:
  TrainingPart(Session& session, const TrainingJobOptions& options, bool gated)
      : Part(session), job_(options, gated), latest_(job_.latest()) {}

  bool act(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return latest_->serial; }
  bool trains() const override { return latest_->state == TrainingSnapshot::State::running; }
  std::string lost_by_quitting() const override;
  const std::shared_ptr<const TrainingSnapshot>& latest() const { return latest_; }

 private:
  TrainingJob job_;
  std::shared_ptr<const TrainingSnapshot> latest_;
};

}  // namespace phaseloom
