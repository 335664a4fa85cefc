// SPDX-License-Identifier: MIT
#pragma once
// What a step of a lesson waits for.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace phaseloom {

/// "playground.coupling >= 0.5", "measured.r in 0.6..0.9", "playground.preset = crowd",
/// "playground.seed changed", "did playground.turn".
struct Condition {
  enum class Kind { less, at_most, equal, differs, at_least, more, within, changed, did };
  Kind kind = Kind::equal;
  std::string name;  ///< of a scene's value or of a quantity; of a command
  double low = 0;    ///< what it is compared with
  double high = 0;   ///< of a range
  std::string text;  ///< of values that are no numbers
  bool operator==(const Condition&) const = default;
};

/// Throws Error without a place: what is wrong and what would be right. `knows` tells whether there
/// is a quantity of a name.
Condition parse_condition(std::string_view text,
                          const std::function<bool(std::string_view)>& knows);

/// Answers about the laboratory.
struct ConditionSource {
  /// Of a scene's value, as it is printed.
  std::function<std::string(const std::string& name)> value;
  /// Of a quantity; nothing: it is not known just now.
  std::function<std::optional<double>(const std::string& name)> quantity;
  /// Of a scene's value when the step began.
  std::function<std::string(const std::string& name)> value_before;
  /// Whether that command was given since the step began.
  std::function<bool(const std::string& name)> did;
};

bool holds(const Condition& condition, const ConditionSource& source);

}  // namespace phaseloom
