// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>

namespace phaseloom {

/// Tells apart what is not meant to deceive: FNV-1a of 64 bits.
inline std::uint64_t digest(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::byte byte : bytes)
    hash = (hash ^ std::to_integer<unsigned>(byte)) * 0x100000001b3;
  return hash;
}

/// Of text, or of numbers that lie one behind the other.
template <std::ranges::contiguous_range Values>
std::uint64_t digest_of(const Values& values) {
  return digest(std::as_bytes(std::span(values)));
}

}  // namespace phaseloom
