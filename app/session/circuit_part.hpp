// SPDX-License-Identifier: MIT
#pragma once
// The network on the wall beside its circuit, as a part of a session.

#include <memory>

#include "app/document/scene.hpp"
#include "app/jobs/circuit_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class CircuitPart : public Part {
 public:
  CircuitPart(Session& session, const CircuitJobOptions& options, bool gated);

  bool act(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return latest_->serial; }
  bool trains() const override { return latest_->running; }
  std::string lost_by_quitting() const override;
  const std::shared_ptr<const CircuitSnapshot>& latest() const { return latest_; }
  /// The scene that the check was begun with.
  const Scene& begun_with() const { return begun_with_; }

 private:
  void start();

  CircuitJob job_;
  std::shared_ptr<const CircuitSnapshot> latest_;
  Scene begun_with_;
};

/// What was compared, if a scene would compare something else now; else empty.
std::string compared_otherwise(const Scene& now, const Scene& begun_with);

}  // namespace phaseloom
