// SPDX-License-Identifier: MIT
#pragma once
// Many devices of the design on the wall, as a part of a session.

#include <memory>

#include "app/document/scene.hpp"
#include "app/jobs/chips_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class ChipsPart : public Part {
 public:
  ChipsPart(Session& session, const TrainingJobOptions& options, bool gated);

  bool act(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return latest_->serial; }
  bool trains() const override { return latest_->running && !latest_->paused; }
  std::string lost_by_quitting() const override;
  const std::shared_ptr<const ChipsSnapshot>& latest() const { return latest_; }
  /// The scene that the devices were begun with.
  const Scene& begun_with() const { return begun_with_; }

 private:
  void start();
  void show(std::int64_t device);

  ChipsJob job_;
  std::shared_ptr<const ChipsSnapshot> latest_;
  Scene begun_with_;
};

/// Which mismatch is looked at: its place among those of the request, or -1 while there are none.
int shown_mismatch(const ChipsSnapshot& chips, int wanted);
/// What the devices were made with, if a scene would make others now; else empty.
std::string made_otherwise(const Scene& now, const Scene& begun_with);

}  // namespace phaseloom
