#pragma once
// Numbers and text out of scripts and scene files: the whole of it is meant, or it is an error.

#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

namespace phaseloom::strict {

inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The number that is all of the text; nothing for anything else (also for "+1", " 1", inf, nan).
template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc{} || stop != end) return std::nullopt;
  if constexpr (std::is_floating_point_v<Number>)
    if (!std::isfinite(value)) return std::nullopt;
  return value;
}

/// Well-formed UTF-8 without control characters.
bool is_clean(std::string_view text);

/// Longest text value, e.g. a path.
inline constexpr std::size_t kMaxText = 4096;

}  // namespace phaseloom::strict
