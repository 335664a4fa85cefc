// SPDX-License-Identifier: MIT
#pragma once
// Text out of scripts and scene files: the whole of it is meant, or it is an error.

#include <cstddef>
#include <string_view>

namespace phaseloom::strict {

inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Well-formed UTF-8 without control characters.
bool is_clean(std::string_view text);

/// Longest text value, e.g. a path.
inline constexpr std::size_t kMaxText = 4096;
/// Of a value that says itself how long it may be, as networks do.
inline constexpr std::size_t kMaxValue = std::size_t{1} << 19;

}  // namespace phaseloom::strict
