// SPDX-License-Identifier: MIT
#pragma once
// Numbers as people and programs write them, read in one way everywhere: options, scripts, scenes'
// lists, tables.

#include <charconv>
#include <cmath>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace phaseloom {

/// The decimal number that is all of the text, which may begin with a plus: "010" is ten. Nothing
/// for blanks, "0x10", inf and nan, for what does not fit the type, and for "1e3" or "1.0" where a
/// whole number is needed. What is too small for a double is 0.
template <class Number>
requires std::integral<Number> || std::floating_point<Number> std::optional<Number> parse_number(
    std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  const auto read = [&]<class Type>(Type& value) {
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return stop == text.data() + text.size() ? problem : std::errc::invalid_argument;
  };
  Number value{};
  std::errc problem = read(value);
  if constexpr (std::floating_point<Number>) {
    // Out of range is said of numbers near 0, too; a wider type tells them from the large ones.
    if (problem == std::errc::result_out_of_range) {
      long double wide = 0;
      problem = read(wide);
      value = static_cast<Number>(wide);
    }
    if (!std::isfinite(value)) return std::nullopt;
  }
  if (problem != std::errc{}) return std::nullopt;
  return value;
}

}  // namespace phaseloom
