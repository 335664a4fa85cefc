// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace phaseloom {

/// A line on standard error that says how far a long piece of work is, how fast, and how long it
/// will still take. Silent when standard error is no terminal.
class ProgressLine {
 public:
  /// @param unit what is counted, e.g. "images"
  ProgressLine(std::string unit, std::int64_t total);
  ~ProgressLine();  ///< removes the line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void update(std::int64_t done);
  void clear() const;  ///< makes room for other lines

 private:
  using Clock = std::chrono::steady_clock;
  std::string unit_;
  std::int64_t total_;
  bool terminal_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = start_;
};

}  // namespace phaseloom
