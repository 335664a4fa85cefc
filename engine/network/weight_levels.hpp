// SPDX-License-Identifier: MIT
#pragma once
// A program's weights as hardware holds them: levels of few bits, and steps that many of them
// share.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/network/program.hpp"

namespace phaseloom {

struct WeightLevels {
  int bits = 4;                     ///< 1..8
  std::vector<std::int8_t> levels;  ///< [chunk][coupling], each of so many bits (*)
  std::vector<float> steps;         ///< [chunk], or [chunk][unit], of the unit that listens
  bool operator==(const WeightLevels&) const = default;
};

/// Makes the program's weights step times level, rounded once.
void assign_weights(Program& program, const WeightLevels& held);

/// Levels of up to 4 bits two by two in a byte, the first one in its lower half, each as its two's
/// complement; of 5 to 8 bits a byte each.
std::vector<std::uint8_t> pack_levels(std::span<const std::int8_t> levels, int bits);
/// Bytes that pack_levels() makes of so many.
std::size_t packed_size(std::size_t levels, int bits);
/// @param packed packed_size(count, bits) bytes
std::vector<std::int8_t> unpack_levels(std::span<const std::uint8_t> packed, int bits,
                                       std::size_t count);

/// The sources of each row as steps from the one before (the first one from -1), in bytes: 255
/// means 255 more, anything less ends the step.
std::vector<std::uint8_t> pack_sources(std::span<const std::int64_t> row_begin,
                                       std::span<const std::int32_t> sources);
/// Throws Error naming `file` if the bytes are not as many sources as the rows have.
std::vector<std::int32_t> unpack_sources(std::span<const std::int64_t> row_begin,
                                         std::span<const std::uint8_t> packed,
                                         std::string_view file);

}  // namespace phaseloom
