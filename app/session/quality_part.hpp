// SPDX-License-Identifier: MIT
#pragma once
// The quality of what is on the wall, and the trail of settings whose quality is known, as a part
// of a session.

#include <chrono>
#include <memory>
#include <optional>

#include "app/jobs/quality_job.hpp"
#include "app/session/part.hpp"
#include "app/session/trail.hpp"

namespace phaseloom {

class QualityPart : public Part {
 public:
  /// @param by_itself it measures when the settings have rested; else only when told to.
  QualityPart(Session& session, const TrainingJobOptions& options, const Trail& trail,
              bool by_itself)
      : Part(session),
        by_itself_(by_itself),
        job_(options, !by_itself),
        latest_(job_.latest()),
        trail_(trail) {}

  bool act(const Command& command) override;
  void update() override { look(false); }
  std::uint64_t activity() const override { return latest_->serial; }
  const std::shared_ptr<const QualitySnapshot>& latest() const { return latest_; }
  const Trail& trail() const { return trail_; }

 private:
  using Clock = std::chrono::steady_clock;

  /// What would be measured now; `measure`: is, whether it has rested or not.
  void look(bool measure);
  void need_model(const Command& command) const;

  const bool by_itself_;
  QualityJob job_;
  std::shared_ptr<const QualitySnapshot> latest_;
  Trail trail_;
  // What would be measured now, and since when that has been so.
  std::optional<QualityRequest> candidate_;
  Clock::time_point candidate_since_{};
};

}  // namespace phaseloom
