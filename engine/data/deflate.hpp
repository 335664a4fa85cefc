// SPDX-License-Identifier: MIT
#pragma once
// Packed bytes without a file around them (RFC 1951), and their checksum.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

/// As small as zlib makes it.
std::vector<std::byte> deflated(std::string_view text);

/// The text that was packed; fails when `packed` is damaged, cut off, followed by anything, or
/// unpacks to more than max_bytes (of which no more than one byte too many is ever held).
std::string inflated(std::span<const std::byte> packed, std::size_t max_bytes,
                     std::string_view source_name);

/// CRC-32 as gzip and PNG have it (ISO 3309).
std::uint32_t checksum(std::span<const std::byte> bytes);

}  // namespace phaseloom
