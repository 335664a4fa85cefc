// SPDX-License-Identifier: MIT
#pragma once
// Whether numbers are numbers.

#include <bit>
#include <cstdint>
#include <span>

namespace phaseloom {

/// No NaN and no infinity among the values. Without an early end, so that the compiler can take
/// many at a time.
inline bool all_finite(std::span<const float> values) {
  constexpr std::uint32_t kExponent = 0x7f800000;  // all ones: not finite (IEEE 754)
  bool bad = false;
  for (const float v : values) bad |= (std::bit_cast<std::uint32_t>(v) & kExponent) == kExponent;
  return !bad;
}

}  // namespace phaseloom
