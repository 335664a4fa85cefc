// SPDX-License-Identifier: MIT
#pragma once
// What a file is when it is not what it should be: people give a web page for a download, a git LFS
// pointer for what it points to. For the messages of everything that reads files.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace phaseloom {

/// "a PNG picture", "a web page", "an empty file", as far as the first bytes tell; else "".
std::string_view kind_of(std::span<const std::byte> bytes);

inline constexpr std::string_view kSafetensorsKind = "a .safetensors file";

/// "is a PNG picture, no .npy array", or "is no .npy array" when one cannot tell.
/// @param wanted in words that "no" can stand before
std::string is_no(std::string_view wanted, std::span<const std::byte> bytes);

/// The text of a file of text, without a byte order mark. Fails when it is anything else, or a kind
/// of text with a name of its own, such as a web page. JSON is let through.
std::string_view text_in(std::span<const std::byte> bytes, std::string_view wanted,
                         std::string_view source_name);

/// Without the mark that some programs put before UTF-8.
constexpr std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

}  // namespace phaseloom
