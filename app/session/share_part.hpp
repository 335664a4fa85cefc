// SPDX-License-Identifier: MIT
#pragma once
// The scene as one line of text, as a part of a session: for a file, and for the clipboard, which
// the window has.

#include <optional>
#include <string>
#include <utility>

#include "app/session/part.hpp"

namespace phaseloom {

class SharePart : public Part {
 public:
  using Part::Part;

  bool act(const Command& command) override;
  void update() override {}
  std::uint64_t activity() const override { return copies_; }
  /// The line that was copied last and that the clipboard has not got yet: for the window.
  std::optional<std::string> take_copied() { return std::exchange(copied_, {}); }

 private:
  std::optional<std::string> copied_;
  std::uint64_t copies_ = 0;
};

}  // namespace phaseloom
