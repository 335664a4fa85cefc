// SPDX-License-Identifier: MIT
#pragma once
// The playground of the Learn workspace, as a part of a session.

#include <memory>
#include <string>

#include "app/jobs/playground_job.hpp"
#include "app/session/paced_part.hpp"

namespace phaseloom {

class PlaygroundPart : public PacedPart<PlaygroundJob, PlaygroundSnapshot> {
 public:
  using PacedPart::PacedPart;

  bool act(const Command& command) override;
  void update() override;

 private:
  bool watched() const override;
  double steps_per_second() const override;
  void export_to(const Command& command,
                 void (*write)(const PlaygroundSnapshot&, const std::filesystem::path&)) const;
  void let_go_of_strangers();

  void show();
  /// Of the network that Generate runs, if that is what is looked into; throws Error: it cannot be.
  std::shared_ptr<const Excerpt> excerpt();

  std::shared_ptr<const Excerpt> excerpt_;  ///< cut last, from ...
  std::shared_ptr<const Program> whole_;    ///< ... this network,
  int pixel_ = -1, reach_ = -1;             ///< around this unit
  std::string refused_;                     ///< what was said of it last
};

}  // namespace phaseloom
