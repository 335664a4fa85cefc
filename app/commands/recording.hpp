// SPDX-License-Identifier: MIT
#pragma once
// What was done, as the script that does it again.

#include <cstdint>
#include <mutex>
#include <string>

#include "app/commands/command.hpp"
#include "app/document/scene.hpp"

namespace phaseloom {

/// Written by the simulation; text() may be called from any thread.
class Recording {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{8} << 20;

  explicit Recording(const Scene& start, std::size_t max_bytes = kMaxBytes);

  /// Play time passed: one step, or one of the hold.
  void tick();
  void add(const Command& command);
  std::string text() const;

 private:
  std::string ticks_text() const;
  void append(std::string lines);

  mutable std::mutex mutex_;
  std::string text_;
  std::int64_t ticks_ = 0;
  std::size_t max_bytes_;
  bool full_ = false;
};

}  // namespace phaseloom
