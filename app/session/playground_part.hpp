// SPDX-License-Identifier: MIT
#pragma once
// The playground of the Learn workspace, as a part of a session.

#include <memory>
#include <string>

#include "app/jobs/playground_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class PlaygroundPart : public Part {
 public:
  PlaygroundPart(Session& session, bool gated);

  bool act(const Command& command) override;
  void update() override;
  void pass(double seconds) override;
  std::uint64_t activity() const override { return latest_->serial; }
  bool playing() const { return gated_ ? plays_ : latest_->playing; }
  const std::shared_ptr<const PlaygroundSnapshot>& latest() const { return latest_; }

 private:
  void export_to(const Command& command,
                 void (*write)(const PlaygroundSnapshot&, const std::filesystem::path&)) const;
  void let_go_of_strangers();

  void show();
  /// Of the network that Generate runs, if that is what is looked into; throws Error: it cannot be.
  std::shared_ptr<const Excerpt> excerpt();
  /// It is what Learn shows.
  bool watched() const;
  void play(bool on);

  const bool gated_;
  // Of a synchronous session, whose time comes by pass().
  bool plays_ = false;
  double owed_ = 0;                         ///< steps
  std::shared_ptr<const Excerpt> excerpt_;  ///< cut last, from ...
  std::shared_ptr<const Program> whole_;    ///< ... this network,
  int pixel_ = -1, reach_ = -1;             ///< around this unit
  std::string refused_;                     ///< what was said of it last
  PlaygroundJob job_;
  std::shared_ptr<const PlaygroundSnapshot> latest_;
};

}  // namespace phaseloom
