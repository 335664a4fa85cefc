// SPDX-License-Identifier: MIT
#include "engine/theory/max_cut.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

std::vector<Edge> some_graph(int nodes, std::uint64_t seed) {
  RandomSequence random(seed, Stream::topology);
  std::vector<Edge> edges;
  for (int a = 0; a < nodes; ++a)
    for (int b = a + 1; b < nodes; ++b)
      if (random.below(2) == 0) edges.push_back({a, b, random.normal()});
  return edges;
}

TEST(MaxCut, OfRingsAndCompleteGraphsIsTheKnownOne) {
  std::vector<Edge> ring;
  for (int n : {3, 4, 7, 10}) {
    ring.clear();
    for (int i = 0; i < n; ++i) ring.push_back({i, (i + 1) % n, 1});
    EXPECT_EQ(exact_max_cut(n, ring)->weight, n % 2 == 0 ? n : n - 1) << n;
  }
  std::vector<Edge> complete;
  for (int a = 0; a < 9; ++a)
    for (int b = a + 1; b < 9; ++b) complete.push_back({a, b, 1});
  EXPECT_EQ(exact_max_cut(9, complete)->weight, 4 * 5);
}

TEST(MaxCut, IsTheBestOfAllThatPlainCountingFinds) {
  constexpr int kNodes = 10;
  constexpr double kRounding = 1e-12;  // of a sum of 45 numbers of size 1
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto edges = some_graph(kNodes, seed);
    double best = 0;
    for (std::uint32_t side = 0; side < (1U << kNodes); ++side)
      best = std::max(best, cut_weight(edges, side));
    const auto cut = exact_max_cut(kNodes, edges);
    ASSERT_TRUE(cut);
    EXPECT_NEAR(cut->weight, best, kRounding);
    EXPECT_NEAR(cut_weight(edges, cut->side), best, kRounding);
  }
}

TEST(MaxCut, OfFewNodesIsNothingAndOfManyUnknown) {
  EXPECT_EQ(exact_max_cut(0, {})->weight, 0);
  EXPECT_EQ(exact_max_cut(1, {})->weight, 0);
  EXPECT_FALSE(exact_max_cut(kMaxExactNodes + 1, {}));
  const Edge apart{0, 1, -2};  // better not cut
  EXPECT_EQ(exact_max_cut(2, {&apart, 1})->weight, 0);
}

}  // namespace
}  // namespace phaseloom
