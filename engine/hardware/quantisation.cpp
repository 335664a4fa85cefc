// SPDX-License-Identifier: MIT
#include "engine/hardware/quantisation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// Rounds to the nearest level, ties to the even one; no branch and no call, since a training that
/// sees the quantisation does this to every weight in every iteration.
struct Quantiser {
  float scale, lowest, highest;
  bool sign_only;

  Quantiser(float step, int bits, BitGrid grid)
      : scale(step), sign_only(bits == 1 && grid == BitGrid::symmetric) {
    const int half = 1 << (bits - 1);
    highest = sign_only ? 1 : float(half - 1);
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

}  // namespace

float quantise(float weight, float scale, int bits, BitGrid grid) {
  assert(scale > 0 && bits >= 1 && bits <= 8);
  return Quantiser(scale, bits, grid)(weight);
}

void quantise(std::span<float> weights, float scale, int bits, BitGrid grid) {
  assert(scale > 0 && bits >= 1 && bits <= 8);
  const Quantiser quantised(scale, bits, grid);
  for (float& w : weights) w = quantised(w);
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

float grid_step(std::span<const float> weights, int bits, BitGrid grid) {
  float least = std::numeric_limits<float>::infinity();
  for (const float w : weights)
    if (w != 0) least = std::min(least, std::abs(w));
  if (std::isinf(least)) return 0;
  const Quantiser ends(1, bits, grid);
  constexpr float kRounding = 4e-7f;  // of a product of a level and a step, and of its quotient
  // The least weight need not be of level 1.
  for (float m = 1; m <= float(1 << (bits - 1)); ++m) {
    const float step = least / m;
    if (std::ranges::all_of(weights, [&](float w) {
          const float level = w / step, nearest = std::nearbyint(level);
          return std::abs(level - nearest) <= kRounding * std::abs(level) &&
                 nearest >= ends.lowest && nearest <= ends.highest;
        }))
      return step;
  }
  return 0;
}

namespace {

/// A tied pair is one device, whose two ends cannot have different gains.
bool by_unit(const Program& program, const Hardware& hardware) {
  return hardware.gain == Gain::unit && !program.tied;
}

GridEnds quantise_together(std::span<float> weights, int bits, BitGrid grid) {
  float scale = grid_step(weights, bits, grid);
  if (scale == 0) {
    scale = quantisation_scale(weights, bits, grid);
    if (scale == 0)
      return {-std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity(), 0};
    quantise(weights, scale, bits, grid);
  }
  const Quantiser ends(scale, bits, grid);
  return {scale * ends.lowest, scale * ends.highest, scale};
}

}  // namespace

void quantise_chunk(Program& program, int chunk, const Hardware& hardware,
                    std::span<GridEnds> ends) {
  const auto weights = program.weights(chunk);
  const auto rows = program.topology->row_begin();
  const bool own = by_unit(program, hardware);
  GridEnds all{};
  if (!own) all = quantise_together(weights, hardware.bits, hardware.grid);
  for (std::size_t unit = 0; unit + 1 < rows.size(); ++unit) {
    if (own)
      all = quantise_together(weights.subspan(rows[unit], rows[unit + 1] - rows[unit]),
                              hardware.bits, hardware.grid);
    if (!ends.empty()) ends[unit] = all;
  }
}

namespace {

/// Of weights on a grid of about that step, the one that makes them exactly, level by level: what
/// was found by a quotient may be the next number but one.
float exact_step(std::span<const float> weights, float step) {
  const auto makes_them = [&](float candidate) {
    return std::ranges::all_of(
        weights, [&](float w) { return candidate * std::nearbyint(w / candidate) + 0.f == w; });
  };
  float below = step, above = step;
  for (int tries = 0; tries < 4; ++tries) {
    if (makes_them(below)) return below;
    if (makes_them(above)) return above;
    below = std::nextafter(below, 0.f);
    above = std::nextafter(above, std::numeric_limits<float>::max());
  }
  fail("weights: a step of {} makes them within rounding only", step);
}

}  // namespace

WeightLevels hold(const Program& program, const Hardware& hardware) {
  if (hardware.bits == 0) fail("weights: float ones have no levels; 1 to 8 bits are needed");
  Hardware plain = hardware;
  plain.mismatch = 0;
  plain.bits = 0;
  Program held = realise(program, plain);
  const auto rows = held.topology->row_begin();
  const std::size_t units = rows.size() - 1;
  const bool own = by_unit(held, hardware);
  WeightLevels result{hardware.bits, {}, {}};
  std::vector<GridEnds> ends(units);
  for (int chunk = 0; chunk < held.chunks(); ++chunk) {
    quantise_chunk(held, chunk, hardware, ends);
    const auto weights = std::as_const(held).weights(chunk);
    const auto add = [&](std::span<const float> some, float step) {
      if (step != 0) step = exact_step(some, step);
      for (const float w : some)
        result.levels.push_back(step == 0 ? std::int8_t{0}
                                          : static_cast<std::int8_t>(std::nearbyint(w / step)));
      result.steps.push_back(step);
    };
    if (!own) add(weights, ends.front().step);
    for (std::size_t unit = 0; own && unit < units; ++unit)
      add(weights.subspan(rows[unit], rows[unit + 1] - rows[unit]), ends[unit].step);
  }
  return result;
}

}  // namespace phaseloom
