// SPDX-License-Identifier: MIT
#include "engine/learning/hardware_view.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/learning/bars.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(HardwareView, AnIdealOneShowsTheParametersThemselves) {
  const Program program = network();
  ThreadPool pool(2);
  HardwareView view(program, {}, 1);
  EXPECT_TRUE(view.ideal());
  EXPECT_EQ(view.realise(program.values, 3, pool).data(), program.values.data());
}

TEST(HardwareView, QuantisesLikeTheHardwareItself) {
  const Program program = network();
  ThreadPool pool(2);
  for (const BitGrid grid : {BitGrid::twos_complement, BitGrid::symmetric}) {
    const Hardware hardware{.bits = 3, .grid = grid};
    HardwareView view(program, hardware, 1);
    const auto seen = view.realise(program.values, 0, pool);
    EXPECT_TRUE(std::ranges::equal(seen, realise(program, hardware).values));
  }
}

TEST(HardwareView, NoiseIsNewInEachIterationAndTheSameForAnyThreads) {
  const Program program = network();
  const Hardware hardware{.weight_noise = 0.05};
  std::vector<float> seen[3];
  for (int k = 0; k < 3; ++k) {
    ThreadPool pool(k == 2 ? 4 : 1);
    HardwareView view(program, hardware, 1);
    const auto values = view.realise(program.values, k == 1 ? 8 : 7, pool);
    seen[k].assign(values.begin(), values.end());
  }
  EXPECT_EQ(seen[0], seen[2]);
  EXPECT_NE(seen[0], seen[1]);
  const auto couplings = static_cast<std::size_t>(program.topology->couplings());
  double square = 0;
  for (std::size_t i = 0; i < couplings; ++i) {
    const double relative = seen[0][i] / program.values[i] - 1;
    square += relative * relative;
  }
  // The sample variance of n normal numbers has the relative error sqrt(2 / n).
  EXPECT_NEAR(square / (0.05 * 0.05 * double(couplings)), 1,
              6 * std::sqrt(2.0 / double(couplings)));
  for (std::size_t i = couplings; i < program.chunk_size(); ++i)
    ASSERT_EQ(seen[0][i], program.values[i]) << "unit parameters are not disturbed";
}

TEST(HardwareView, MismatchIsAlikeInAllChunks) {
  const Program program = network();
  ThreadPool pool(1);
  HardwareView view(program, {.mismatch = 0.1}, 1);
  const auto seen = view.realise(program.values, 1, pool);
  for (std::size_t i = 0; i < 100; ++i) {
    const auto j = i + program.chunk_size();
    EXPECT_NEAR(seen[i] / program.values[i], seen[j] / program.values[j], 1e-5);
  }
}

// As on the hardware itself: a tied pair is one device.
TEST(HardwareView, ATiedPairHasOneMismatch) {
  Program program = network();
  ThreadPool pool(1);
  const auto symmetric = [&](bool tied) {
    program.tied = tied;
    symmetrise(program, program.values);
    HardwareView view(program, {.mismatch = 0.1}, 1);
    const auto seen = view.realise(program.values, 1, pool);
    std::vector<float> values(seen.begin(), seen.end()), same = values;
    Program pairs = program;
    pairs.tied = true;
    symmetrise(pairs, same);
    EXPECT_NE(values, program.values);
    return values == same;
  };
  EXPECT_TRUE(symmetric(true));
  EXPECT_FALSE(symmetric(false)) << "directed couplings are devices of their own";
}

TEST(HardwareView, GradientsGoStraightThroughButNotBeyondTheGrid) {
  Program program = network();
  ThreadPool pool(1);
  std::vector<float> gradient(program.values.size(), 1);
  // 50 standard deviations: clipped, since the grid ends at 4.
  program.values[0] = -5;
  program.values[1] = 5;
  HardwareView view(program, {.bits = 4}, 1);
  view.realise(program.values, 0, pool);
  view.pull(program.values, gradient);
  EXPECT_EQ(gradient[0], 0) << "a step would go further below";
  EXPECT_EQ(gradient[1], 1) << "this one comes back";
  EXPECT_EQ(gradient[2], 1);
}

TEST(HardwareView, WhatIsPrunedStaysPruned) {
  Program program = network();
  HardwareView view(program, {.density = 0.25}, 1);
  view.prune(program.values, 0.5);
  const auto zeros = [&] {
    std::int64_t n = 0;
    for (float w : program.weights(0)) n += w == 0;
    return n;
  };
  const auto couplings = program.topology->couplings();
  EXPECT_NEAR(double(zeros()), 0.5 * double(couplings), 1);
  const auto first = program.values;
  view.prune(program.values, 0.75);
  EXPECT_EQ(first, program.values) << "more than there is";
  view.prune(program.values, 0.25);
  EXPECT_NEAR(double(zeros()), 0.75 * double(couplings), 1);
  for (std::size_t i = 0; i < first.size(); ++i)
    ASSERT_TRUE(first[i] != 0 || program.values[i] == 0);
  std::vector<float> other(program.values.size(), 1);
  view.mask(other);
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(other[i] == 0, program.values[i] == 0);
}

// Without errors an iteration of a range is what realise() makes of the drawn hardware, and what is
// pruned in it comes back in the next.
TEST(HardwareView, ARangeShowsAnotherHardwareInEachIteration) {
  const Program program = network();
  ThreadPool pool(2);
  HardwareRange range;
  range.most_mismatch = range.most_weight_noise = 0;
  const Hardware rest{.gain = Gain::unit};
  HardwareView view(program, rest, 5, range);
  std::vector<float> gradient;
  int pruned = 0;
  for (int iteration = 0; iteration < 20; ++iteration) {
    const Hardware drawn = draw(range, rest, 5, iteration);
    const auto seen = view.realise(program.values, iteration, pool);
    const Program held = realise(program, drawn);
    EXPECT_TRUE(std::ranges::equal(seen, held.values)) << iteration;
    gradient.assign(program.values.size(), 1);
    view.pull(program.values, gradient);
    const auto weights = static_cast<std::size_t>(program.topology->couplings());
    const auto zeros = std::count(gradient.begin(), gradient.begin() + std::ptrdiff_t(weights), 0);
    // Beside the pruned ones at most few at the ends of the grid.
    EXPECT_NEAR(double(zeros) / double(weights), 1 - drawn.density, 0.1) << iteration;
    pruned += drawn.density < 1;
  }
  EXPECT_GT(pruned, 3);
  auto values = program.values;
  view.mask(values);
  EXPECT_EQ(values, program.values) << "nothing is gone for good";
}

TEST(HardwareView, GradientsStopAtTheEndsOfEachUnitsGrid) {
  Program program = network();
  ThreadPool pool(1);
  const auto rows = program.topology->row_begin();
  // Unit 1 has large weights, unit 0 small ones: what is large for unit 0 is small for unit 1.
  for (auto i = rows[0]; i < rows[1]; ++i) program.values[i] = 0.01f * float(i % 3 - 1);
  for (auto i = rows[1]; i < rows[2]; ++i) program.values[i] = float(i % 5 - 2);
  std::vector<float> gradient(program.values.size(), -1);
  HardwareView view(program, {.bits = 3, .gain = Gain::unit}, 1);
  view.realise(program.values, 0, pool);
  program.values[rows[0]] = 0.5f;
  program.values[rows[1]] = 0.5f;
  view.pull(program.values, gradient);
  EXPECT_EQ(gradient[rows[0]], 0);
  EXPECT_EQ(gradient[rows[1]], -1);
}

TEST(HardwareView, PhaseNoiseIsRefused) {
  EXPECT_THAT(error_of([] { HardwareView(network(), {.phase_noise = 0.1}, 1); }),
              HasSubstr("phase noise"));
}

}  // namespace
}  // namespace phaseloom
