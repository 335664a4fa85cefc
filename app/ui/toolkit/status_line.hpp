// SPDX-License-Identifier: MIT
#pragma once
// A line of numbers with names, from the left; the latest warning at the right end.

#include <cstdint>
#include <string>
#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

class StatusLine {
 public:
  explicit StatusLine(UiContext& ctx);
  /// Comes first.
  void condition(ImU32 colour, std::string_view words);
  /// Left out where there is no room any more.
  void number(std::string_view name, const std::string& value, std::string_view help);
  void seed(std::uint64_t seed);
  /// Of frames.
  void times();
  /// The latest one, until it is dismissed or something is done without another.
  void warning();

  /// The value, or a dash where nothing was measured.
  static std::string measured(double value, const char* format);

 private:
  UiContext& ctx_;
  ImDrawList& list_;
  ImVec2 at_;
  float height_;
  float x_, end_;
};

}  // namespace phaseloom
