// SPDX-License-Identifier: MIT
#include "engine/hardware/hardware.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

// Wide enough for any experiment, and 1 + 10 e stays far from overflow.
constexpr double kMaxNoise = 10;

void check_noise(std::string_view field, double value) {
  if (!(value >= 0 && value <= kMaxNoise))
    fail("hardware: {} is {}; it must lie in 0..{}", field, value, kMaxNoise);
}

/// Rounds to the nearest level, ties to the even one; no branch and no call, since a training that
/// sees the quantisation does this to every weight in every iteration.
struct Quantiser {
  float scale, lowest, highest;
  bool sign_only;

  Quantiser(float step, int bits, BitGrid grid)
      : scale(step), sign_only(bits == 1 && grid == BitGrid::symmetric) {
    const int half = 1 << (bits - 1);
    highest = float(half - 1);
    lowest = grid == BitGrid::twos_complement ? float(-half) : -highest;
  }

  float level(float weight) const {
    // Exactly 0 is no wire at all, which every grid has, even {-1, +1}.
    if (sign_only) return weight > 0 ? 1.f : weight < 0 ? -1.f : 0.f;
    float level = weight / scale;
    level = level < lowest ? lowest : level;
    level = level > highest ? highest : level;
    constexpr float shift = 0x1.8p23f;  // adding it leaves no room for a fraction
    return (level + shift) - shift;
  }
  float operator()(float weight) const {
    return scale * level(weight) + 0.f;  // + 0: never a negative zero
  }
};

/// Mean magnitude of the weights beyond `threshold`; only the negative ones if `negative_only`.
double mean_magnitude(std::span<const float> weights, double threshold, bool negative_only) {
  double sum = 0;
  std::size_t n = 0;
  for (const double w : weights) {
    const double magnitude = negative_only ? -w : std::abs(w);
    if (magnitude <= threshold) continue;
    sum += magnitude;
    ++n;
  }
  return n == 0 ? 0 : sum / double(n);
}

// One bit has no "end of the grid" worth meeting: at 4 standard deviations almost every weight
// would be rounded to the wrong level. The step with the least squared error is used instead (*).
float one_bit_scale(std::span<const float> weights, BitGrid grid) {
  if (grid == BitGrid::symmetric) return static_cast<float>(mean_magnitude(weights, 0, false));
  // {-1, 0}: the step is the mean of the weights that round to it, those below -step / 2. Few
  // rounds settle it (Lloyd's algorithm in one dimension); each can only lower the error.
  double scale = mean_magnitude(weights, 0, true);
  for (int round = 0; round < 64; ++round) {
    const double next = mean_magnitude(weights, scale / 2, true);
    if (next == scale) break;
    scale = next;
  }
  return static_cast<float>(scale);
}

double squared_error(std::span<const float> weights, float scale, int bits, BitGrid grid) {
  const Quantiser quantised(scale, bits, grid);
  double sum = 0;
  for (const float w : weights) {
    const double error = double(w) - quantised(w);
    sum += error * error;
  }
  return sum;
}

/// From `start` on, the step that suits the levels which the step before it gave (Lloyd's
/// algorithm); no round can raise the squared error.
float settle(std::span<const float> weights, float start, int bits, BitGrid grid) {
  float scale = start;
  for (int round = 0; round < 64; ++round) {
    const Quantiser quantised(scale, bits, grid);
    double product = 0, square = 0;
    for (const float w : weights) {
      const double level = quantised.level(w);
      product += w * level;
      square += level * level;
    }
    if (square == 0) return scale;
    const auto next = static_cast<float>(product / square);
    if (!(next >= std::numeric_limits<float>::min())) return scale;
    const float change = std::abs(next - scale);
    scale = next;
    if (change < 1e-3f * scale) break;  // the error is flat there
  }
  return scale;
}

// With few levels, meeting the largest weight (or 4 standard deviations) with the last of them
// rounds most of the others to 0. Up to three bits the squared error decides over the whole step
// (*): of Gaussian weights it falls from 0.86 to 0.19 of their variance on three levels, from 0.15
// to 0.05 on seven. Weights that are on a grid stay there, as an error of 0 cannot be beaten.
float few_levels_scale(std::span<const float> weights, float at_top, int bits, BitGrid grid) {
  // The last level at one (2 bits) or two (3 bits) standard deviations is near the best for most
  // distributions.
  const float start =
      std::max((bits == 2 ? 0.25f : 0.5f) * at_top, std::numeric_limits<float>::min());
  const float settled = settle(weights, start, bits, grid);
  return squared_error(weights, settled, bits, grid) <
                 squared_error(weights, at_top, bits, grid) * (1 - 1e-6)
             ? settled
             : at_top;
}

/// The coupling j -> i's partner i -> j, or itself where there is none.
std::vector<std::int64_t> partners(const Topology& topology) {
  std::vector<std::int64_t> partner(static_cast<std::size_t>(topology.couplings()));
  for (int target = 0; target < topology.units(); ++target) {
    const auto begin = topology.row_begin()[target];
    const auto sources = topology.sources_of(target);
    for (std::size_t k = 0; k < sources.size(); ++k) {
      const auto index = begin + std::int64_t(k);
      const auto other = topology.find(sources[k], target);
      partner[index] = other < 0 ? index : other;
    }
  }
  return partner;
}

// A wire is there or not, in all chunks alike: couplings are ranked by their mean square over the
// chunks (*), a tied pair as one. Of equals, the one that comes first in the topology is kept.
std::vector<std::uint8_t> kept(const Program& program, std::span<const std::int64_t> leader,
                               double density) {
  const std::size_t couplings = leader.size();
  std::vector<double> square(couplings, 0), members(couplings, 0);
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    for (std::size_t i = 0; i < couplings; ++i)
      square[leader[i]] += double(weights[i]) * weights[i];
  }
  for (const auto first : leader) members[first] += 1;

  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < couplings; ++i)
    if (members[i] > 0) {
      square[i] /= members[i];
      order.push_back(i);
    }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return square[a] != square[b] ? square[a] > square[b] : a < b;
  });

  double room = std::round(density * double(couplings));
  std::vector<std::uint8_t> keep(couplings, 0);
  for (const auto first : order) {
    if (members[first] > room) continue;  // a pair does not fit in a room for one
    room -= members[first];
    keep[first] = 1;
  }
  for (std::size_t i = 0; i < couplings; ++i) keep[i] = keep[leader[i]];
  return keep;
}

void quantise_chunks(Program& program, int bits, BitGrid grid) {
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    const float scale = quantisation_scale(weights, bits, grid);
    if (scale == 0) continue;
    quantise(weights, scale, bits, grid);
  }
}

// A coupling is one physical device that holds the chunks' weights one after the other, so its
// relative error is drawn once and is the same in every chunk (*).
void apply_mismatch(Program& program, std::span<const std::int64_t> leader,
                    const Hardware& hardware) {
  std::vector<float> factor(leader.size());
  for (std::size_t i = 0; i < leader.size(); ++i) {
    const auto key = static_cast<std::uint64_t>(leader[i]);
    const auto words =
        random_words(hardware.device, Stream::mismatch, static_cast<std::uint32_t>(key),
                     static_cast<std::uint32_t>(key >> 32));
    factor[i] = static_cast<float>(1 + hardware.mismatch * normal(words[0], words[1])[0]);
  }
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    for (std::size_t i = 0; i < factor.size(); ++i) weights[i] *= factor[i];
  }
}

}  // namespace

void validate(const Hardware& hardware) {
  if (hardware.bits < 0 || hardware.bits > 8)
    fail("hardware: bits is {}; it must lie in 1..8, or be 0 for float weights", hardware.bits);
  if (!(hardware.density > 0 && hardware.density <= 1))
    fail("hardware: density is {}; it must be above 0 and at most 1", hardware.density);
  check_noise("mismatch", hardware.mismatch);
  check_noise("weight_noise", hardware.weight_noise);
  check_noise("phase_noise", hardware.phase_noise);
}

Program realise(const Program& ideal, const Hardware& hardware) {
  validate(hardware);
  Program program = ideal;
  std::vector<std::int64_t> leader;
  if (hardware.density < 1 || hardware.mismatch > 0) leader = pair_leaders(program);
  if (hardware.density < 1) {
    const auto keep = kept(program, leader, hardware.density);
    for (int chunk = 0; chunk < program.chunks(); ++chunk) {
      const auto weights = program.weights(chunk);
      for (std::size_t i = 0; i < keep.size(); ++i)
        if (!keep[i]) weights[i] = 0;
    }
  }
  if (hardware.bits > 0) quantise_chunks(program, hardware.bits, hardware.grid);
  if (hardware.mismatch > 0) apply_mismatch(program, leader, hardware);
  return program;
}

float quantise(float weight, float scale, int bits, BitGrid grid) {
  assert(scale > 0 && bits >= 1 && bits <= 8);
  return Quantiser(scale, bits, grid)(weight);
}

void quantise(std::span<float> weights, float scale, int bits, BitGrid grid) {
  assert(scale > 0 && bits >= 1 && bits <= 8);
  const Quantiser quantised(scale, bits, grid);
  for (float& w : weights) w = quantised(w);
}

std::vector<std::int64_t> pair_leaders(const Program& program) {
  std::vector<std::int64_t> leader;
  if (program.tied) {
    leader = partners(*program.topology);
    for (std::size_t i = 0; i < leader.size(); ++i)
      leader[i] = std::min(leader[i], std::int64_t(i));
  } else {
    leader.resize(static_cast<std::size_t>(program.topology->couplings()));
    std::iota(leader.begin(), leader.end(), 0);
  }
  return leader;
}

std::vector<std::uint8_t> kept_couplings(const Program& program, double density) {
  return kept(program, pair_leaders(program), density);
}

float quantisation_scale(std::span<const float> weights, int bits, BitGrid grid) {
  assert(bits >= 1 && bits <= 8);
  // Missing wires (exact zeros) count for nothing, and the standard deviation is taken about 0,
  // where the grid is: equal weights have a spread too.
  double largest = 0, square = 0;
  std::size_t wires = 0;
  for (const double w : weights) {
    largest = std::max(largest, std::abs(w));
    square += w * w;
    wires += w != 0;
  }
  if (wires == 0) return 0;
  if (bits == 1) return one_bit_scale(weights, grid);

  const double limit = std::min(largest, 4 * std::sqrt(square / double(wires)));
  const int half = 1 << (bits - 1);
  const auto step_for = [&](int level) {
    return std::max(static_cast<float>(limit / level), std::numeric_limits<float>::min());
  };
  const float at_top = step_for(half - 1);
  if (bits <= 3) return few_levels_scale(weights, at_top, bits, grid);
  if (grid == BitGrid::symmetric) return at_top;
  // Two's complement has two ends at different distances. Meeting the upper one, all weights are
  // covered; meeting the lower one the step is finer and the largest positive weights lose up to
  // one level. The smaller squared error decides (*), so weights that are on a grid stay there.
  const float at_bottom = step_for(half);
  return squared_error(weights, at_top, bits, grid) <= squared_error(weights, at_bottom, bits, grid)
             ? at_top
             : at_bottom;
}

}  // namespace phaseloom
