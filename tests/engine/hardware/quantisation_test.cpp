// SPDX-License-Identifier: MIT
#include "engine/hardware/quantisation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

std::vector<float> gaussian(std::size_t n, double width, std::uint64_t seed = 1) {
  RandomSequence random(seed, Stream::batch);
  std::vector<float> values(n);
  for (float& v : values) v = static_cast<float>(width * random.normal());
  return values;
}

/// Units that listen with weights of very different widths.
Program uneven(int units, int chunks) {
  Program program = make_program(substrate_named("kuramoto_shil"),
                                 Topology::all_to_all({units, 1, 1}, units), chunks, 0.5, 0.1, 3);
  for (int chunk = 0; chunk < chunks; ++chunk)
    for (int unit = 0; unit < units; ++unit)
      for (auto i = program.topology->row_begin()[unit];
           i < program.topology->row_begin()[unit + 1]; ++i)
        program.weights(chunk)[i] *= std::pow(10.f, float(unit) / float(units) + float(chunk));
  return program;
}

double squared_difference(const Program& a, const Program& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const double scale = std::abs(a.values[i]) + 1e-9;  // relative: small units count as much
    sum += std::pow((double(a.values[i]) - b.values[i]) / scale, 2);
  }
  return sum;
}

TEST(Quantisation, EveryLevelOfEveryGrid) {
  const float scale = 0.25f;
  for (int bits = 1; bits <= 8; ++bits)
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric}) {
      const int half = 1 << (bits - 1);
      std::set<float> expected;
      if (grid == BitGrid::twos_complement)
        for (int level = -half; level < half; ++level) expected.insert(scale * float(level));
      else if (bits == 1)
        expected = {-scale, 0, scale};  // 0 for a missing wire only
      else
        for (int level = -(half - 1); level < half; ++level) expected.insert(scale * float(level));

      std::set<float> seen;
      float last = -std::numeric_limits<float>::infinity();
      for (double w = -200 * scale; w <= 200 * scale; w += scale / 8) {
        const float q = quantise(static_cast<float>(w), scale, bits, grid);
        seen.insert(q);
        EXPECT_GE(q, last) << "monotone at " << w << " with " << bits << " bits";
        last = q;
        EXPECT_EQ(quantise(q, scale, bits, grid), q) << "idempotent at " << w;
        if (std::abs(w) <= scale * float(half - 1) && bits > 1) {
          EXPECT_LE(std::abs(w - q), scale / 2);
        }
      }
      EXPECT_EQ(seen, expected) << bits << " bits";
      EXPECT_EQ(quantise(1e30f, scale, bits, grid), *expected.rbegin());
      EXPECT_EQ(quantise(-1e30f, scale, bits, grid), *expected.begin());
      const float zero = quantise(-0.01f * scale, scale, bits, BitGrid::twos_complement);
      EXPECT_FALSE(std::signbit(zero));
      EXPECT_EQ(quantise(0, scale, bits, grid), 0);
    }
}

TEST(Quantisation, ScaleMeetsTheEndOfTheGrid) {
  const std::vector<float> weights{-0.1f, 0.4f, 0.7f, -0.3f, 0};
  EXPECT_FLOAT_EQ(quantisation_scale(weights, 4, BitGrid::symmetric), 0.1f);
  // All multiples of 0.1 up to 0.7: the two's-complement grid that meets the upper end has no error
  EXPECT_FLOAT_EQ(quantisation_scale(weights, 4, BitGrid::twos_complement), 0.1f);
  // and that which meets the lower end has none here.
  const std::vector<float> negative{-0.8f, 0.4f, 0.7f, -0.3f};
  EXPECT_FLOAT_EQ(quantisation_scale(negative, 4, BitGrid::twos_complement), 0.1f);
  EXPECT_FLOAT_EQ(quantisation_scale(negative, 4, BitGrid::symmetric), 0.8f / 7);
  for (int bits = 1; bits <= 8; ++bits)
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric}) {
      EXPECT_EQ(quantisation_scale(std::vector<float>(5, 0.f), bits, grid), 0);
      EXPECT_EQ(quantisation_scale({}, bits, grid), 0);
      const float tiny = std::numeric_limits<float>::denorm_min();
      if (bits > 1) {
        EXPECT_GT(quantisation_scale(std::vector{tiny}, bits, grid), 0);
      }
    }
}

TEST(Quantisation, ScaleClipsAtFourStandardDeviations) {
  auto weights = gaussian(100000, 0.1);
  weights[7] = 50;  // one broken weight must not cost all others their levels
  double square = 0;
  for (const double w : weights) square += w * w;
  const double sigma = std::sqrt(square / double(weights.size()));
  EXPECT_NEAR(quantisation_scale(weights, 4, BitGrid::symmetric), 4 * sigma / 7, 1e-6);
  // Gaussian weights do not mind the lost top level but the finer step pays.
  EXPECT_NEAR(quantisation_scale(weights, 4, BitGrid::twos_complement), 4 * sigma / 8, 1e-6);
  // Missing wires do not narrow the grid.
  auto sparse = weights;
  sparse.resize(10 * weights.size(), 0.f);
  for (int bits = 1; bits <= 8; ++bits)
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric})
      EXPECT_EQ(quantisation_scale(sparse, bits, grid), quantisation_scale(weights, bits, grid));
}

// The steps of one bit are optimal: no other step has a smaller squared error.
TEST(Quantisation, OneBitScaleIsLeastSquares) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const auto weights = gaussian(2000, 0.3, seed);
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric}) {
      const auto error = [&](float scale) {
        double sum = 0;
        for (const float w : weights) sum += std::pow(w - quantise(w, scale, 1, grid), 2);
        return sum;
      };
      const float best = quantisation_scale(weights, 1, grid);
      for (double factor = 0.2; factor < 4; factor *= 1.05)
        EXPECT_GE(error(static_cast<float>(best * factor)), error(best) * (1 - 1e-3)) << factor;
    }
  }
  EXPECT_FLOAT_EQ(quantisation_scale(std::vector{-0.2f, 0.4f, 0.f}, 1, BitGrid::symmetric), 0.3f);
  // {-1, 0} has nothing to say about weights that are all positive.
  EXPECT_EQ(quantisation_scale(std::vector{0.2f, 0.4f}, 1, BitGrid::twos_complement), 0);
}

// So are those of two and three bits, and they are worth it: the grid that ends at 4 standard
// deviations has more than twice the error.
TEST(Quantisation, FewLevelsScaleIsLeastSquares) {
  const auto weights = gaussian(4000, 0.3, 5);
  double square = 0;
  for (const float w : weights) square += double(w) * w;
  for (const int bits : {2, 3})
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric}) {
      const auto error = [&](double scale) {
        double sum = 0;
        for (const float w : weights)
          sum += std::pow(w - quantise(w, static_cast<float>(scale), bits, grid), 2);
        return sum / square;
      };
      const double best = quantisation_scale(weights, bits, grid);
      for (double factor = 0.1; factor < 6; factor *= 1.02)
        EXPECT_GE(error(best * factor), error(best) * (1 - 5e-3))
            << bits << " bits, times " << factor;
      const double clipped = 4 * 0.3 / ((1 << (bits - 1)) - 1);
      EXPECT_LT(error(best), error(clipped) / 2) << bits << " bits";
    }
  // J. Max, "Quantizing for minimum distortion", 1960, table of uniform output levels: N = 3.
  const float scale = quantisation_scale(weights, 2, BitGrid::symmetric);
  EXPECT_NEAR(scale / 0.3, 1.224, 0.05);
}

// Nothing moves from four bits on: models are trained through these grids.
TEST(Quantisation, FourBitsEndAtFourStandardDeviations) {
  const auto weights = gaussian(100000, 0.1, 8);
  double square = 0, largest = 0;
  for (const double w : weights) {
    square += w * w;
    largest = std::max(largest, std::abs(w));
  }
  const double limit = std::min(largest, 4 * std::sqrt(square / double(weights.size())));
  for (int bits = 4; bits <= 8; ++bits)
    EXPECT_FLOAT_EQ(quantisation_scale(weights, bits, BitGrid::symmetric),
                    static_cast<float>(limit / ((1 << (bits - 1)) - 1)));
}

TEST(Quantisation, GainsOfTheirOwnSuitEachUnit) {
  const Program program = uneven(40, 2);
  for (const int bits : {2, 3, 4, 8}) {
    const Program shared = realise(program, {.bits = bits});
    const Program own = realise(program, {.bits = bits, .gain = Gain::unit});
    EXPECT_LT(squared_difference(program, own), squared_difference(program, shared)) << bits;
    const auto rows = program.topology->row_begin();
    for (int chunk = 0; chunk < 2; ++chunk)
      for (int unit = 0; unit < 40; ++unit) {
        const auto row = own.weights(chunk).subspan(std::size_t(rows[unit]), 39);
        EXPECT_GT(grid_step(row, bits, BitGrid::twos_complement), 0) << bits;
        // That a row which is on no grid is told apart is the negative control.
        EXPECT_EQ(grid_step(program.weights(chunk).subspan(std::size_t(rows[unit]), 39), bits,
                            BitGrid::twos_complement),
                  0);
      }
    // Steps differ, hence all weights together are on no grid of so few bits.
    EXPECT_EQ(grid_step(own.weights(0), bits, BitGrid::twos_complement), 0);
    EXPECT_GT(grid_step(shared.weights(0), bits, BitGrid::twos_complement), 0);
  }
}

// A pair is one device, whose two ends cannot have different gains.
TEST(Quantisation, TiedNetworksShareOneStep) {
  Program program = uneven(12, 2);
  program.tied = true;
  symmetrise(program, program.values);
  EXPECT_EQ(realise(program, {.bits = 3, .gain = Gain::unit}).values,
            realise(program, {.bits = 3}).values);
}

// What a file holds as levels comes out of the hardware as it went in, bit by bit.
TEST(Quantisation, HeldWeightsAreHeldAgainUnchanged) {
  const Program program = uneven(30, 2);
  for (int bits = 1; bits <= 8; ++bits)
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric})
      for (const auto gain : {Gain::chunk, Gain::unit}) {
        const Hardware hardware{.bits = bits, .grid = grid, .gain = gain, .density = 0.6};
        const Program once = realise(program, hardware);
        EXPECT_NE(once.values, program.values);
        EXPECT_EQ(realise(once, hardware).values, once.values)
            << bits << " bits, " << name_of(grid) << ", " << name_of(gain);
      }
}

TEST(Quantisation, TheStepOfAGridIsFoundWhereNoWeightIsOfLevelOne) {
  const float step = 0.3f;
  const auto of = [&](std::vector<float> levels) {
    for (float& level : levels) level *= step;
    return levels;
  };
  EXPECT_FLOAT_EQ(grid_step(of({3, -2, 0, 7}), 4, BitGrid::twos_complement), step);
  EXPECT_FLOAT_EQ(grid_step(of({-8, 3}), 4, BitGrid::twos_complement), step);
  // A common factor is part of the step.
  EXPECT_FLOAT_EQ(grid_step(of({6, -4, 2}), 4, BitGrid::twos_complement), 2 * step);
  EXPECT_EQ(grid_step(of({-8, 3}), 4, BitGrid::symmetric), 0) << "it has no level -8";
  EXPECT_EQ(grid_step(of({9, 1}), 4, BitGrid::twos_complement), 0);
  EXPECT_EQ(grid_step(of({1, 1.01f}), 4, BitGrid::twos_complement), 0);
  EXPECT_EQ(grid_step(of({0, 0}), 4, BitGrid::twos_complement), 0);
  EXPECT_FLOAT_EQ(grid_step(of({1, -1, 0}), 1, BitGrid::symmetric), step);
  EXPECT_EQ(grid_step(of({1, -1}), 1, BitGrid::twos_complement), 0);
}

TEST(Quantisation, TellsTheEndsOfEachUnitsGrid) {
  Program program = uneven(10, 1);
  std::vector<GridEnds> ends(10);
  const Hardware hardware{.bits = 3, .gain = Gain::unit};
  quantise_chunk(program, 0, hardware, ends);
  for (int unit = 0; unit < 10; ++unit) {
    const auto row =
        program.weights(0).subspan(std::size_t(program.topology->row_begin()[unit]), 9);
    EXPECT_LE(ends[unit].lowest, *std::ranges::min_element(row));
    EXPECT_GE(ends[unit].highest, *std::ranges::max_element(row));
    EXPECT_FLOAT_EQ(ends[unit].lowest * 3, -ends[unit].highest * 4);
  }
  EXPECT_LT(ends[0].highest, ends[9].highest);
}

// What a file keeps as levels is bit by bit what runs.
TEST(Quantisation, LevelsTimesStepsAreTheRealisedWeights) {
  const Program ideal = uneven(30, 2);
  for (int bits = 1; bits <= 8; ++bits)
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric})
      for (const auto gain : {Gain::chunk, Gain::unit}) {
        const Hardware hardware{.bits = bits, .grid = grid, .gain = gain, .density = 0.7};
        const Program realised = realise(ideal, hardware);
        const WeightLevels held = hold(ideal, hardware);
        Program made = ideal;
        assign_weights(made, held);
        EXPECT_EQ(made.values, realised.values) << bits << name_of(grid) << name_of(gain);
        // On its own hardware it stays what it is, and can be held again.
        EXPECT_EQ(realise(made, hardware).values, realised.values);
        Program again = made;
        assign_weights(again, hold(made, hardware));
        EXPECT_EQ(again.values, realised.values);
        EXPECT_EQ(held.steps.size(), gain == Gain::unit ? 60u : 2u);
        const auto [least, most] = std::ranges::minmax(held.levels);
        EXPECT_GE(least, -(1 << (bits - 1)));
        EXPECT_LE(most, std::max(1, (1 << (bits - 1)) - 1));
      }
  EXPECT_THROW(hold(ideal, {}), Error);
}

}  // namespace
}  // namespace phaseloom
