// SPDX-License-Identifier: MIT
#include "app/document/si_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace phaseloom {

std::string short_number(double value) {
  if (!std::isfinite(value)) return "–";
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size < 0.00995 || size >= 99'999.5) return fmt::format("{:.2e}", value);
  // Decimals after rounding: 9.996 is 10.0, not 10.00.
  const double rounded = std::stod(fmt::format("{:.2e}", size));
  const int decimals = 2 - static_cast<int>(std::floor(std::log10(rounded) + 1e-12));
  return fmt::format("{:.{}f}", value, std::clamp(decimals, 0, 4));
}

std::string si_text(double value, std::string_view unit) {
  if (!std::isfinite(value)) return "–";
  static constexpr std::string_view kPrefixes[] = {"y", "z", "a", "f", "p", "n", "µ",
                                                   "m", "",  "k", "M", "G", "T"};
  constexpr int kNone = 8, kLast = 12;
  if (value == 0) return fmt::format("0 {}", unit);
  const double rounded = std::stod(fmt::format("{:.2e}", value));
  const int thousands = static_cast<int>(std::floor(std::log10(std::abs(rounded)) / 3 + 1e-12));
  const int prefix = std::clamp(kNone + thousands, 0, kLast);
  return fmt::format("{} {}{}", short_number(rounded * std::pow(10, -3 * (prefix - kNone))),
                     kPrefixes[prefix], unit);
}

std::string grouped(std::int64_t n) {
  std::string digits = fmt::format("{}", n);
  for (int at = static_cast<int>(digits.size()) - 3; at > (n < 0 ? 1 : 0); at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string counted(std::int64_t n, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(n), noun, n == 1 ? "" : "s");
}

std::string duration_text(double seconds) {
  const auto s = static_cast<std::int64_t>(std::llround(std::max(seconds, 0.0)));
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

}  // namespace phaseloom
