// SPDX-License-Identifier: MIT
#pragma once
// Errors of the weights, W (1 + scale error), one for each coupling, sample and chunk. Each is a
// function of these three and the seed, whatever the order in which the couplings are walked
// through and whatever device does it.

#include <cstdint>

#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/tiling.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

/// Rounds of Philox for these errors, the fewest that are beyond reproach: a run draws one for each
/// coupling and sample, which takes as long as two stages of a step.
inline constexpr int kErrorRounds = 7;

/// A random byte becomes a number of unit variance, in kNormalUnit: the sum of one of 16 for its
/// upper half and one of 16 for its lower half (*). Listed are the positive ones; the negative ones
/// are their mirror images. All 256 sums are as normal as the quantiles of fill_normals(): variance
/// 1, odd moments 0, kurtosis 2.92, nothing beyond 2.9, the distribution function within 0.007. Two
/// tables of 16 are looked up with a sixth of the instructions for one of 256.
inline constexpr std::int8_t kUpperErrors[8] = {1, 5, 9, 18, 24, 32, 43, 67};
inline constexpr std::int8_t kLowerErrors[8] = {2, 5, 10, 16, 19, 26, 36, 55};

/// The error of one coupling (its index in the topology) in one sample, in kNormalUnit.
std::int8_t weight_error(std::uint64_t seed, std::uint32_t chunk, std::uint64_t sample,
                         std::uint32_t coupling);

/// Kernels read errors as streams: [tile][lane / side][weight of the tile][lane % side], where
/// `side` lanes lie side by side (Kernels::noise_lanes). The place of that of the tile's
/// `weight`-th.
inline std::int64_t error_at(const Tiling& tiling, std::size_t tile, std::int64_t weight, int lane,
                             int side) {
  return tiling.tiles[tile].weight_begin * kLanes +
         (lane / side * tiling.weights(tile) + weight) * side + lane % side;
}

/// out = the errors of all packed weights in the samples from first_sample on, as the kernels of
/// the active instruction set read them; those of filled-in places are of no account. Not for
/// tilings of pairs.
void fill_weight_errors(std::uint64_t seed, std::uint32_t chunk, std::uint64_t first_sample,
                        const Tiling& tiling, std::int8_t* out);

struct WeightErrorJob {
  std::uint64_t seed;
  std::uint32_t chunk;
  std::uint64_t first_sample;
  const Tiling* tiling;
  std::int8_t* out;
};
PHASELOOM_DECLARE_PER_ISA(void fill_weight_errors(const WeightErrorJob& job))

}  // namespace phaseloom
