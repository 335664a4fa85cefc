// SPDX-License-Identifier: MIT
#pragma once
// The cost of the design on the wall, as a part of a session: nothing of it goes on in the
// background.

#include "app/session/part.hpp"

namespace phaseloom {

class HardwarePart : public Part {
 public:
  using Part::Part;

  bool act(const Command& command) override;
  void update() override {}
  std::uint64_t activity() const override { return 0; }

 private:
  void reset_constants();
};

}  // namespace phaseloom
