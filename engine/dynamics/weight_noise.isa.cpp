// SPDX-License-Identifier: MIT
// The errors of weight_error(), bit by bit, in the order of the kernels.

#include <string.h>

#include "engine/dynamics/noise_lanes.hpp"
#include "engine/dynamics/vector_philox.hpp"
#include "engine/dynamics/weight_noise.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

inline int entry(const std::int8_t (&upper_half)[8], int nibble) {
  return nibble < 8 ? -upper_half[7 - nibble] : upper_half[nibble - 8];
}

#if PHASELOOM_VECTOR_BYTES >= 32
struct Table {
  Bytes upper, lower;  // repeated, for shuffles stay within 16 bytes

  Table() {
    for (int i = 0; i < PHASELOOM_VECTOR_BYTES; ++i) {
      upper[i] = static_cast<std::int8_t>(entry(kUpperErrors, i % 16));
      lower[i] = static_cast<std::int8_t>(entry(kLowerErrors, i % 16));
    }
  }
  Words operator()(Words drawn) const {
    const Words nibbles = splat<std::uint64_t>(0x0f0f0f0f0f0f0f0fu);
    return reinterpret_cast<Words>(shuffle(upper, reinterpret_cast<Bytes>((drawn >> 4) & nibbles)) +
                                   shuffle(lower, reinterpret_cast<Bytes>(drawn & nibbles)));
  }
};
#else
struct Table {
  std::int8_t of_byte[256];

  Table() {
    for (int b = 0; b < 256; ++b)
      of_byte[b] =
          static_cast<std::int8_t>(entry(kUpperErrors, b >> 4) + entry(kLowerErrors, b & 15));
  }
  Words operator()(Words words) const {
    std::int8_t bytes[sizeof(Words)];
    memcpy(bytes, &words, sizeof(Words));
    for (std::int8_t& b : bytes) b = of_byte[static_cast<std::uint8_t>(b)];
    memcpy(&words, bytes, sizeof(Words));
    return words;
  }
};
#endif

constexpr int kGroup = 16;  // samples of one Philox block

/// Errors of kItems couplings in the kGroup samples of a Philox block: lanes 0 to 7, and 8 to 15.
struct Drawn {
  Words low, high;
};

class Drawer {
 public:
  explicit Drawer(const WeightErrorJob& job)
      : key_(key_of(job.seed)),
        first_group_(job.first_sample / kGroup),
        chunk_(splat<std::uint64_t>(job.chunk)) {}

  inline __attribute__((always_inline)) Drawn draw(Words couplings, int group) const {
    const auto counter = static_cast<std::uint32_t>(first_group_ + static_cast<unsigned>(group));
    Words c[4] = {couplings, splat<std::uint64_t>(counter), chunk_,
                  splat<std::uint64_t>(static_cast<std::uint32_t>(Stream::weight_noise))};
    philox<kErrorRounds>(c, key_);
    return {table_((c[0] & 0xFFFFFFFFu) | c[1] << 32), table_((c[2] & 0xFFFFFFFFu) | c[3] << 32)};
  }

 private:
  Table table_;
  Key key_;
  std::uint64_t first_group_;
  Words chunk_;
};

#if PHASELOOM_VECTOR_BYTES == 64
inline void interleave(Drawn& d) {
  const Words low = d.low, high = d.high;
  d.low = __builtin_shufflevector(low, high, 0, 8, 1, 9, 2, 10, 3, 11);
  d.high = __builtin_shufflevector(low, high, 4, 12, 5, 13, 6, 14, 7, 15);
}
#endif

/// A tile's errors for kItems packed weights from the i-th on, if blocks of samples are those of
/// Philox: whole vectors.
inline __attribute__((always_inline)) void put_vectors(const Drawer& drawer, Words couplings,
                                                       std::int64_t count, std::int64_t i,
                                                       std::int8_t* out) {
#pragma GCC unroll 2
  for (int group = 0; group < kLanes / kGroup; ++group) {
    Drawn d = drawer.draw(couplings, group);
    std::int8_t* to = out + (group * kGroup / kNoiseLanes * count + i) * kNoiseLanes;
#if PHASELOOM_VECTOR_BYTES == 64
    interleave(d);
    memcpy(to, &d.low, sizeof(Words));
    memcpy(to + sizeof(Words), &d.high, sizeof(Words));
#else
    memcpy(to, &d.low, sizeof(Words));
    memcpy(to + count * kNoiseLanes, &d.high, sizeof(Words));
#endif
  }
}

/// The same for the `items` first of them, whatever sample is the first.
void put_items(const Drawer& drawer, Words couplings, int items, int skip, std::int64_t count,
               std::int64_t i, std::int8_t* out) {
  std::uint64_t drawn[kItems][kLanes / kGroup + 1][2] = {};
  for (int group = 0; group < kLanes / kGroup + (skip > 0); ++group) {
    const Drawn d = drawer.draw(couplings, group);
    for (int k = 0; k < kItems; ++k) {
      drawn[k][group][0] = d.low[k];
      drawn[k][group][1] = d.high[k];
    }
  }
  for (int k = 0; k < items; ++k)
    for (int lane = 0; lane < kLanes; lane += kNoiseLanes)
      memcpy(out + (lane / kNoiseLanes * count + i + k) * kNoiseLanes,
             reinterpret_cast<const char*>(drawn[k]) + skip + lane, kNoiseLanes);
}

}  // namespace

void fill_weight_errors(const WeightErrorJob& job) {
  const Tiling& t = *job.tiling;
  const Drawer drawer(job);
  const int skip = static_cast<int>(job.first_sample % kGroup);
  for (std::size_t k = 0; k < t.tiles.size(); ++k) {
    const std::int64_t begin = t.tiles[k].weight_begin, count = t.weights(k);
    const std::int32_t* coupling = t.coupling.data() + begin;
    std::int8_t* out = job.out + begin * kLanes;
    std::int64_t i = 0;
    for (; skip == 0 && i + kItems <= count; i += kItems) {
      Words couplings;
      for (int n = 0; n < kItems; ++n) couplings[n] = static_cast<std::uint32_t>(coupling[i + n]);
      put_vectors(drawer, couplings, count, i, out);
    }
    for (; i < count; i += kItems) {
      const int items = count - i < kItems ? static_cast<int>(count - i) : kItems;
      Words couplings{};
      for (int n = 0; n < items; ++n) couplings[n] = static_cast<std::uint32_t>(coupling[i + n]);
      put_items(drawer, couplings, items, skip, count, i, out);
    }
  }
}

}  // namespace phaseloom::PHASELOOM_ISA
