// SPDX-License-Identifier: MIT
#pragma once
// Numbers out of JSON files: a number that does not fit its type is refused, where the library
// would convert it without a word (beyond the range, with undefined behaviour).

#include <concepts>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {

/// Throws Error naming `name`.
template <class T>
requires std::integral<T> || std::floating_point<T>
void read_number(const nlohmann::ordered_json& value, const char* name, T& out) {
  if constexpr (std::floating_point<T>) {
    if (!value.is_number()) fail("{} must be a number", name);
    out = static_cast<T>(value.get<double>());
  } else {
    const bool fits = value.is_number_unsigned() ? std::in_range<T>(value.get<std::uint64_t>())
                                                 : value.is_number_integer() &&
                                                       std::in_range<T>(value.get<std::int64_t>());
    if (!fits) fail("{} must be a whole number that is not too large", name);
    out = value.get<T>();
  }
}

}  // namespace phaseloom
