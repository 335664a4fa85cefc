// SPDX-License-Identifier: MIT
#include "engine/network/weight_levels.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr int kNibble = 4;  // bits
constexpr std::uint8_t kMore = 255;

std::int8_t signed_nibble(int bits) {
  return static_cast<std::int8_t>(bits < 8 ? bits : bits - 16);
}

}  // namespace

void assign_weights(Program& program, const WeightLevels& held) {
  const auto rows = program.topology->row_begin();
  const auto units = static_cast<std::size_t>(program.topology->units());
  const auto chunks = static_cast<std::size_t>(program.chunks());
  const bool by_unit = held.steps.size() == chunks * units;
  assert(by_unit || held.steps.size() == chunks);
  const std::int8_t* level = held.levels.data();
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
    const auto weights = program.weights(static_cast<int>(chunk));
    for (std::size_t unit = 0; unit < units; ++unit) {
      const float step = held.steps[by_unit ? chunk * units + unit : chunk];
      for (auto i = rows[unit]; i < rows[unit + 1]; ++i)
        weights[i] = step * static_cast<float>(*level++) + 0.f;  // + 0: never a negative zero
    }
  }
}

std::size_t packed_size(std::size_t levels, int bits) {
  return bits <= kNibble ? (levels + 1) / 2 : levels;
}

std::vector<std::uint8_t> pack_levels(std::span<const std::int8_t> levels, int bits) {
  std::vector<std::uint8_t> packed(packed_size(levels.size(), bits));
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(levels[i]);
    if (bits > kNibble)
      packed[i] = byte;
    else
      packed[i / 2] = static_cast<std::uint8_t>(packed[i / 2] | (byte & 15) << (i % 2 * kNibble));
  }
  return packed;
}

std::vector<std::int8_t> unpack_levels(std::span<const std::uint8_t> packed, int bits,
                                       std::size_t count) {
  assert(packed.size() == packed_size(count, bits));
  std::vector<std::int8_t> levels(count);
  for (std::size_t i = 0; i < count; ++i)
    levels[i] = bits > kNibble ? static_cast<std::int8_t>(packed[i])
                               : signed_nibble(packed[i / 2] >> (i % 2 * kNibble) & 15);
  return levels;
}

std::vector<std::uint8_t> pack_sources(std::span<const std::int64_t> row_begin,
                                       std::span<const std::int32_t> sources) {
  std::vector<std::uint8_t> packed;
  for (std::size_t row = 0; row + 1 < row_begin.size(); ++row) {
    std::int32_t before = -1;
    for (auto i = row_begin[row]; i < row_begin[row + 1]; ++i) {
      std::int32_t step = sources[i] - before;
      for (; step >= kMore; step -= kMore) packed.push_back(kMore);
      packed.push_back(static_cast<std::uint8_t>(step));
      before = sources[i];
    }
  }
  return packed;
}

std::vector<std::int32_t> unpack_sources(std::span<const std::int64_t> row_begin,
                                         std::span<const std::uint8_t> packed,
                                         std::string_view file) {
  std::vector<std::int32_t> sources;
  std::size_t byte = 0;
  for (std::size_t row = 0; row + 1 < row_begin.size(); ++row) {
    std::int64_t source = -1;
    for (auto i = row_begin[row]; i < row_begin[row + 1]; ++i) {
      std::uint8_t step = kMore;
      while (step == kMore && byte < packed.size()) {
        step = packed[byte++];
        source += step;
      }
      if (step == kMore || source > std::numeric_limits<std::int32_t>::max())
        fail("{}: source_steps end within row {}, or go beyond all units", file, row);
      sources.push_back(static_cast<std::int32_t>(source));
    }
  }
  if (byte != packed.size())
    fail("{}: source_steps have {} bytes more than the rows", file, packed.size() - byte);
  return sources;
}

}  // namespace phaseloom
