// SPDX-License-Identifier: MIT
#include "engine/transport/results_summary.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace phaseloom {
namespace {

TransportRow row(const char* model, int hidden, std::uint64_t seed, double w2, double floor) {
  return {"D1", model, TransportLoss::swd, 4, hidden, seed, w2, floor, 2.0 * double(seed)};
}

TEST(ResultSummary, SeedsOfAnExperimentAreOne) {
  const auto summaries =
      summarised({row("kuramoto", 4, 1, 0.4, 0.01), row("kuramoto", 8, 1, 0.3, 1),
                  row("kuramoto", 4, 2, 0.1, 0.03), row("kuramoto", 4, 3, 0.2, 0.02)});
  ASSERT_EQ(summaries.size(), 2u);
  EXPECT_EQ(summaries[0].hidden, 4);
  EXPECT_EQ(summaries[0].seeds, 3);
  EXPECT_EQ(summaries[0].w2_squared.least, 0.1);
  EXPECT_EQ(summaries[0].w2_squared.median, 0.2);
  EXPECT_EQ(summaries[0].w2_squared.most, 0.4);
  EXPECT_EQ(summaries[0].floor, 0.02);
  EXPECT_EQ(summaries[0].seconds, 4);
  EXPECT_EQ(summaries[1].hidden, 8);
  EXPECT_EQ(summaries[1].seeds, 1);
}

TEST(ResultSummary, DivergedTrainingsAreTheWorst) {
  const Spread s = spread_of({HUGE_VAL, 2, 1});
  EXPECT_EQ(s.least, 1);
  EXPECT_EQ(s.median, 2);
  EXPECT_EQ(s.most, HUGE_VAL);
  EXPECT_EQ(spread_of({1, 2, 3, 5}).median, 2.5);
}

TEST(ResultSummary, NothingIsNothing) { EXPECT_TRUE(summarised({}).empty()); }

}  // namespace
}  // namespace phaseloom
