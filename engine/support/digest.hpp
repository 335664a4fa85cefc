// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace phaseloom {

/// Tells apart what is not meant to deceive: FNV-1a of 64 bits.
inline std::uint64_t digest(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::byte byte : bytes)
    hash = (hash ^ std::to_integer<unsigned>(byte)) * 0x100000001b3;
  return hash;
}

inline std::uint64_t digest_of(std::string_view text) {
  return digest(std::as_bytes(std::span(text)));
}

}  // namespace phaseloom
