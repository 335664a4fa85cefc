// SPDX-License-Identifier: MIT
#pragma once
// Which problems lie behind us: something was done since, without another one.

#include <cstdint>
#include <optional>

#include "app/session/part.hpp"

namespace phaseloom {

class ProblemsPart : public Part {
 public:
  using Part::Part;

  bool act(const Command& /*command*/) override { return false; }
  void heard(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return past_; }
  /// Warnings and errors up to this message: after them a command was done that changes something,
  /// or good news came.
  std::uint64_t past() const { return past_; }

 private:
  /// A command that was given, and may yet fail.
  struct Attempt {
    std::uint64_t posted;   ///< when so many have been applied it is done
    std::uint64_t message;  ///< the latest before it
  };
  std::uint64_t posted_ = 0;  ///< commands that the session has posted to the run
  std::optional<Attempt> attempt_;
  std::uint64_t past_ = 0;
};

}  // namespace phaseloom
