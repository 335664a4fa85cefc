// SPDX-License-Identifier: MIT
#pragma once
// What every target asks of a reader.

#include <optional>
#include <stdexcept>
#include <string_view>

#include "engine/support/error.hpp"

namespace phaseloom {

inline void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(what);
}

/// The result of `parse`, or nothing when it refused the input in due form.
template <class Parse>
auto parsed(Parse parse) -> std::optional<decltype(parse())> {
  try {
    return parse();
  } catch (const Error& error) {
    const std::string_view message = error.what();
    require(message.starts_with("input: "), "the message does not name the file");
    require(message.size() < 1000, "the message floods the screen");
    for (const char c : message)
      require(static_cast<unsigned char>(c) >= 0x20, "the message is not one clean line");
    return std::nullopt;
  }
}

}  // namespace phaseloom
