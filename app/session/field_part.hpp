// SPDX-License-Identifier: MIT
#pragma once
// The field of the Learn workspace, as a part of a session.

#include <memory>

#include "app/jobs/field_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class FieldPart : public Part {
 public:
  FieldPart(Session& session, bool gated);

  bool act(const Command& command) override;
  void update() override;
  void pass(double seconds) override;
  std::uint64_t activity() const override { return latest_->serial; }
  bool playing() const { return gated_ ? plays_ : latest_->playing; }
  const std::shared_ptr<const FieldSnapshot>& latest() const { return latest_; }

 private:
  /// It is what Learn shows.
  bool watched() const;
  void play(bool on);
  void export_phases(const Command& command) const;

  const bool gated_;
  // Of a synchronous session, whose time comes by pass().
  bool plays_ = false;
  double owed_ = 0;  ///< steps
  FieldJob job_;
  std::shared_ptr<const FieldSnapshot> latest_;
};

}  // namespace phaseloom
