// SPDX-License-Identifier: MIT
#include "engine/neural/gradient_sum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/support/random.hpp"
#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

// More than two segments, and no whole number of them.
constexpr std::size_t kSize = 150'001;

std::vector<std::vector<float>> gradients(int blocks) {
  std::vector<std::vector<float>> all(static_cast<std::size_t>(blocks), std::vector<float>(kSize));
  RandomSequence random(1, Stream::batch);
  for (auto& block : all)
    // Of any size, so that another order of the sum would show.
    for (float& v : block) v = static_cast<float>(random.normal() * std::exp(3 * random.normal()));
  return all;
}

std::vector<float> sum(const std::vector<std::vector<float>>& blocks, TrainingRanks ranks) {
  ThreadPool pool(1);
  const ItemRange own = ranks.ranks.share(static_cast<int>(blocks.size()));
  std::vector<const float*> parts;
  for (int b = own.begin; b < own.end; ++b)
    parts.push_back(blocks[static_cast<std::size_t>(b)].data());
  std::vector<float> total(kSize);
  GradientSum add(ranks);
  for (int twice = 0; twice < 2; ++twice) add(parts, total, pool);
  return total;
}

TEST(GradientSum, AnyNumberOfRanksHasTheBitsOfOne) {
  const auto blocks = gradients(5);
  const auto one = sum(blocks, {});
  // The last ones of seven have no block at all.
  for (const int size : {2, 3, 4, 7})
    as_ranks(size, [&](Ranks& ranks) { EXPECT_EQ(sum(blocks, {ranks}), one) << size; });
  auto reversed = blocks;
  std::ranges::reverse(reversed);
  EXPECT_NE(sum(reversed, {}), one) << "the order must matter, or nothing was tested";
}

// 2^-9 of each partial sum is lost at each rank.
TEST(GradientSum, HalfOfTheBytesRoundButAllRanksAgree) {
  const auto blocks = gradients(4);
  const auto exact = sum(blocks, {});
  std::vector<double> largest(kSize);  // partial sums
  for (std::size_t i = 0; i < kSize; ++i) {
    double partial = 0;
    for (const auto& block : blocks) {
      partial += double{block[i]};
      largest[i] = std::max(largest[i], std::abs(partial));
    }
  }
  std::vector<std::vector<float>> totals(4);
  as_ranks(4, [&](Ranks& ranks) {
    totals[static_cast<std::size_t>(ranks.rank())] = sum(blocks, {ranks, GradientFormat::bf16});
  });
  for (const auto& total : totals) EXPECT_EQ(total, totals.front());
  EXPECT_NE(totals.front(), exact);
  for (std::size_t i = 0; i < kSize; ++i)
    ASSERT_NEAR(totals.front()[i], exact[i], 4 * std::ldexp(largest[i], -8)) << i;
}

TEST(GradientSum, WhatIsNotFiniteStaysSo) {
  auto blocks = gradients(2);
  blocks[0][7] = std::numeric_limits<float>::infinity();
  blocks[1][8] = std::numeric_limits<float>::quiet_NaN();
  blocks[1][9] = std::numeric_limits<float>::max();
  as_ranks(2, [&](Ranks& ranks) {
    const auto total = sum(blocks, {ranks, GradientFormat::bf16});
    EXPECT_TRUE(std::isinf(total[7]));
    EXPECT_TRUE(std::isnan(total[8]));
    EXPECT_FALSE(std::isnan(total[9]));
  });
}

}  // namespace
}  // namespace phaseloom
