// SPDX-License-Identifier: MIT
#include "engine/support/names.hpp"

#include <fmt/ranges.h>

namespace phaseloom {

std::string listed(std::span<const std::string_view> names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace phaseloom
