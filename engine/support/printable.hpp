// SPDX-License-Identifier: MIT
#pragma once
// Text from outside, fit to be shown in one line and stored as UTF-8. File names are bytes: they
// may hold line breaks, and need not be UTF-8.

#include <cstddef>
#include <string>
#include <string_view>

namespace phaseloom {

/// Bytes of the well-formed UTF-8 character at text[at]; 0 if there is none: a stray byte, a
/// surrogate, a code that is longer than needed or cut off.
std::size_t utf8_length(std::string_view text, std::size_t at);
bool is_utf8(std::string_view text);

/// 'text' as it is where it is UTF-8 and prints; control bytes and bytes that are no UTF-8 as
/// `\xNN`.
std::string legible(std::string_view text);

/// legible() in quotes, quotes and backslashes as `\xNN` too, and cut after about 60 bytes: a name
/// out of a hostile file can neither break the line nor flood the screen.
std::string printable(std::string_view text);

/// A file name as UTF-8 from which unescaped() makes the same bytes again: legible(), and a
/// backslash that would be read as the beginning of `\xNN` is written as `\x5c`. Names without such
/// bytes stay as they are.
std::string escaped(std::string_view name);
/// Each `\xNN` as the byte that it stands for.
std::string unescaped(std::string_view text);

}  // namespace phaseloom
