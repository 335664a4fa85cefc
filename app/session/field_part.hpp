// SPDX-License-Identifier: MIT
#pragma once
// The field of the Learn workspace, as a part of a session.

#include "app/jobs/field_job.hpp"
#include "app/session/paced_part.hpp"

namespace phaseloom {

class FieldPart : public PacedPart<FieldJob, FieldSnapshot> {
 public:
  using PacedPart::PacedPart;

  bool act(const Command& command) override;
  void update() override;

 private:
  bool watched() const override;
  double steps_per_second() const override;
  void export_phases(const Command& command) const;
};

}  // namespace phaseloom
