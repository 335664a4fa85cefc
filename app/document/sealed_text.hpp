// SPDX-License-Identifier: MIT
#pragma once
// Bytes as one line of text that goes through mail and chat, and that tells when it came to harm
// there:
//
//   phaseloom:1wPq3...   base64 of RFC 4648 with - and _, unpadded, of
//                        CRC-32 of all that follows (4 bytes, the highest first),
//                        number of bytes that follow (2 bytes, likewise), the bytes
//
// The digit is the version, of the line and of what the bytes mean.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

inline constexpr std::string_view kSealedPrefix = "phaseloom:";
/// Characters of a line, not counting the blanks among them; and what is looked at with these.
inline constexpr std::size_t kMaxSealed = std::size_t{1} << 16;
inline constexpr std::size_t kMaxWrapped = 2 * kMaxSealed;

/// The line, without a line feed. Throws Error where the bytes are more than a line holds.
std::string seal(std::span<const std::byte> bytes);
/// The bytes again. What mail and chat put into a line or around it does no harm: blanks and line
/// breaks of all kinds, quotes, angle brackets. Anything else does, and the Error names `source`
/// and says what it is: no such line, too long, a newer version, a character that is none of a
/// line's, cut off, more behind its end, changed on the way.
std::vector<std::byte> unseal(std::string_view text, std::string_view source);

/// Whether it begins as such a line does, damaged or not.
bool is_sealed(std::string_view text);
/// The line as seal() writes it: without what was put into it or around it.
std::string unwrapped(std::string_view text);

}  // namespace phaseloom
