// SPDX-License-Identifier: MIT
#pragma once
// Quantities and counts for people.

#include <cstdint>
#include <string>
#include <string_view>

namespace phaseloom {

/// "8.71 µJ", "1.53 W", "0 J"; `value` in the unit as named, which takes a prefix from y (1e-24)
/// to T. "–" if it is no finite number.
std::string si_text(double value, std::string_view unit);

/// Three digits, without exponent from 0.01 to 99,999: "18.1", "0.0437", "1.2e+06".
std::string short_number(double value);

/// "345,600"
std::string grouped(std::int64_t n);
/// "1 step", "12 steps", "1,000 steps".
std::string counted(std::int64_t n, std::string_view noun);

/// "2 min 05 s", "40 s".
std::string duration_text(double seconds);

}  // namespace phaseloom
