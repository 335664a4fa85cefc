// SPDX-License-Identifier: MIT
#include "engine/circuit/kuiper.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numbers>
#include <vector>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

std::vector<double> uniform(int size, std::uint32_t key, double width = 1) {
  RandomSequence random(5, Stream::schedule, key);
  std::vector<double> values;
  for (int i = 0; i < size; ++i) values.push_back(width * random.uniform());
  return values;
}

TEST(Kuiper, SmallSetsByHand) {
  const std::array<double, 2> low{1, 2}, high{3, 4}, around{0, 5};
  EXPECT_EQ(kuiper_distance(low, low, false), 0);
  EXPECT_EQ(kuiper_distance(low, high, false), 1);
  EXPECT_EQ(kuiper_distance(low, around, false), 1) << "half above and half below";
  EXPECT_EQ(kuiper_distance({}, low, false), 0);
}

TEST(Kuiper, PhasesHaveNoBeginning) {
  constexpr double kTurn = 2 * std::numbers::pi;
  auto a = uniform(60, 1, kTurn), b = uniform(60, 2, 5);
  const double before = kuiper_distance(a, b, true);
  for (double& x : a) x += 1.3 + 3 * kTurn;
  for (double& x : b) x += 1.3;
  EXPECT_NEAR(kuiper_distance(a, b, true), before, 1e-12);
}

// One time in twenty; of 400 pairs 20, with a standard deviation of 4.4.
TEST(Kuiper, ChanceIsAsTheTableSays) {
  constexpr int kPairs = 400, kSize = 100;
  int beyond = 0;
  for (std::uint32_t pair = 0; pair < kPairs; ++pair)
    beyond += kuiper_distance(uniform(kSize, 2 * pair), uniform(kSize, 2 * pair + 1), false) >
              kuiper_by_chance(kSize);
  EXPECT_GT(beyond, 20 - 4 * 4.4);
  EXPECT_LT(beyond, 20 + 4 * 4.4);
  EXPECT_GT(kuiper_distance(uniform(kSize, 1), uniform(kSize, 2, 1.5), false),
            kuiper_by_chance(kSize))
      << "another width";
}

}  // namespace
}  // namespace phaseloom
