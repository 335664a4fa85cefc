// SPDX-License-Identifier: MIT
#pragma once
// JSON from outside, strictly.

#include <nlohmann/json.hpp>
#include <string_view>

namespace phaseloom {

inline constexpr std::size_t kMaxJson = std::size_t{1} << 20;

/// An object; throws Error naming `source` for anything else, for a key that appears twice, for
/// nesting deeper than a few levels and for more than `most` bytes.
nlohmann::ordered_json parse_json_object(std::string_view text, std::string_view source,
                                         std::size_t most = kMaxJson);

/// Indented, with a line feed at the end.
std::string print_json(const nlohmann::ordered_json& json);

}  // namespace phaseloom
