// SPDX-License-Identifier: MIT
#include "engine/neural/adam.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace phaseloom {
namespace {

// Gradients 1 and -0.5 on one parameter, beta = (0.5, 0.9), rate 0.1, worked out by hand:
// step 1: m = 0.5, v = 0.1, corrected 1 and 1         -> p = 2 - 0.1
// step 2: m = 0, v = 0.115, corrected 0               -> p unchanged
// step 3 (gradient 2): m = 1, v = 0.5035, corrected 8/7 and 0.5035/0.271
TEST(Adam, FollowsAHandComputedSequence) {
  Adam adam(1);
  std::vector<float> p{2}, g{1};
  adam.step(p, g, 0.1f);
  EXPECT_NEAR(p[0], 1.9, 1e-6);
  g[0] = -0.5f;
  adam.step(p, g, 0.1f);
  EXPECT_NEAR(p[0], 1.9, 1e-6);
  EXPECT_NEAR(adam.second_moment()[0], 0.115, 1e-6);
  g[0] = 2;
  adam.step(p, g, 0.1f);
  EXPECT_NEAR(p[0], 1.9 - 0.1 * (8.0 / 7) / std::sqrt(0.5035 / 0.271), 1e-6);
  EXPECT_EQ(adam.steps(), 3);
}

TEST(Adam, DecayShrinksItsRangeOnly) {
  Adam adam(4);
  std::vector<float> p{1, 1, 1, 1}, g(4);
  const WeightDecay decay{1, 3, 0.5f};
  adam.step(p, g, 0.1f, {&decay, 1});
  EXPECT_EQ(p[0], 1);
  EXPECT_FLOAT_EQ(p[1], 0.95f);
  EXPECT_FLOAT_EQ(p[2], 0.95f);
  EXPECT_EQ(p[3], 1);
}

TEST(Adam, ThreadsAndRestoredStateGiveTheSameBits) {
  const std::size_t n = 100001;
  std::vector<float> g(n), p(n), q(n);
  for (std::size_t i = 0; i < n; ++i) g[i] = std::sin(static_cast<float>(i));
  Adam alone(n), shared(n);
  ThreadPool pool(3);
  alone.step(p, g, 0.1f);
  shared.step(q, g, 0.1f, {}, &pool);
  EXPECT_EQ(p, q);

  Adam restored(n);
  std::ranges::copy(shared.first_moment(), restored.first_moment().begin());
  std::ranges::copy(shared.second_moment(), restored.second_moment().begin());
  restored.steps() = shared.steps();
  for (float& x : g) x *= -0.3f;
  alone.step(p, g, 0.1f);
  restored.step(q, g, 0.1f, {}, &pool);
  EXPECT_EQ(p, q);
}

TEST(Average, MovesByTheRest) {
  std::vector<float> average{1, 2}, p{3, 2};
  update_average(average, p, 0.75f);
  EXPECT_FLOAT_EQ(average[0], 1.5f);
  EXPECT_FLOAT_EQ(average[1], 2);
}

}  // namespace
}  // namespace phaseloom
