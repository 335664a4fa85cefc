// SPDX-License-Identifier: MIT
#include "app/document/strict.hpp"

#include <algorithm>

#include "engine/support/printable.hpp"

namespace phaseloom::strict {

bool is_clean(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return is_utf8(text) && std::ranges::none_of(text, is_control);
}

}  // namespace phaseloom::strict
