#include "app/session/si_text.hpp"

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

}  // namespace phaseloom
