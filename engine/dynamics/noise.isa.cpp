// SPDX-License-Identifier: MIT
// Philox for one item per element of a vector, and the table of quantiles by byte shuffles. The
// same numbers as the scalar form, bit by bit.

#include <string.h>

#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/vector_philox.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

#if PHASELOOM_VECTOR_BYTES >= 32
/// The table's upper half, 16 entries in each vector (repeated, for shuffles stay within 16 bytes).
/// Its lower half is the mirror image, negated.
struct Table {
  Bytes part[8];

  explicit Table(const std::int8_t* quantiles) {
    for (int k = 0; k < 8; ++k)
      for (int i = 0; i < PHASELOOM_VECTOR_BYTES; ++i)
        part[k][i] = quantiles[128 + 16 * k + i % 16];
  }
  Words operator()(Words words) const {
    const Bytes drawn = reinterpret_cast<Bytes>(words);
    const Bytes lower = drawn >= 0;  // unsigned: below 128
    const Bytes place = drawn ^ static_cast<std::int8_t>(-128) ^ lower;
    Bytes found{};
#pragma GCC unroll 8
    for (int k = 0; k < 8; ++k)  // a shuffle gives 0 where the index's highest bit is set
      found |= shuffle(part[k], (place ^ static_cast<std::int8_t>(16 * k)) + std::int8_t{0x70});
    return reinterpret_cast<Words>((found ^ lower) - lower);
  }
};
#else
struct Table {
  const std::int8_t* quantiles;

  explicit Table(const std::int8_t* values) : quantiles(values) {}
  Words operator()(Words words) const {
    std::int8_t bytes[sizeof(Words)];
    memcpy(bytes, &words, sizeof(Words));
    for (std::int8_t& b : bytes) b = quantiles[static_cast<std::uint8_t>(b)];
    memcpy(&words, bytes, sizeof(Words));
    return words;
  }
};
#endif

}  // namespace

void fill_normals(const NormalsJob& job) {
  const Table table(job.quantiles);
  // Samples come in groups of 16; a block that begins within a group needs a part of one more.
  constexpr int kGroups = kLanes / 16 + 1;
  const int skip = static_cast<int>(job.first_sample % 16);
  const int groups = skip > 0 ? kGroups : kGroups - 1;
  std::uint64_t drawn[kItems][kGroups][2];
  Words item;
  for (int k = 0; k < kItems; ++k) item[k] = static_cast<std::uint64_t>(k);
  for (std::int64_t i = 0; i < job.items; i += kItems, item += kItems) {
    for (int group = 0; group < groups; ++group) {
      Words c[4] = {item,
                    splat<std::uint64_t>(static_cast<std::uint32_t>(
                        job.first_sample / 16 + static_cast<std::uint64_t>(group))),
                    splat<std::uint64_t>(job.salt), splat<std::uint64_t>(job.stream)};
      philox<10>(c, key_of(job.seed));
      const Words low = table((c[0] & 0xFFFFFFFFu) | c[1] << 32);
      const Words high = table((c[2] & 0xFFFFFFFFu) | c[3] << 32);
      for (int k = 0; k < kItems; ++k) {
        drawn[k][group][0] = low[k];
        drawn[k][group][1] = high[k];
      }
    }
    const std::int64_t left = job.items - i;
    for (int k = 0; k < (left < kItems ? static_cast<int>(left) : kItems); ++k)
      memcpy(job.out + (i + k) * kLanes, reinterpret_cast<const char*>(drawn[k]) + skip, kLanes);
  }
}

}  // namespace phaseloom::PHASELOOM_ISA
