// SPDX-License-Identifier: MIT
#include "engine/learning/loss_curve.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

TEST(LossCurve, KeepsEveryPointOfAShortRun) {
  LossCurve curve;
  for (int i = 1; i <= 100; ++i) curve.add({i, 2.0 * i, -1.0 * i});
  const auto points = curve.points();
  ASSERT_EQ(points.size(), 100u);
  EXPECT_EQ(points[41].iteration, 42);
  EXPECT_EQ(points[41].distance, 84);
  EXPECT_EQ(points[41].objective, -42);
}

TEST(LossCurve, OfALongRunIsBoundedEvenAndUnbiased) {
  LossCurve curve;
  constexpr int kIterations = 100'000;
  for (int i = 1; i <= kIterations; ++i) curve.add({i, 1.0 * i, 3});
  const auto points = curve.points();
  EXPECT_LE(points.size(), LossCurve::kMaxPoints + 1);
  EXPECT_GE(points.size(), LossCurve::kMaxPoints / 2);
  EXPECT_EQ(points.back().iteration, kIterations);
  const auto stretch = points[1].iteration - points[0].iteration;
  for (std::size_t i = 0; i + 2 < points.size(); ++i) {
    EXPECT_EQ(points[i + 1].iteration - points[i].iteration, stretch);
    EXPECT_NEAR(points[i].distance,
                static_cast<double>(points[i].iteration) - 0.5 * static_cast<double>(stretch - 1),
                1e-6);
    EXPECT_NEAR(points[i].objective, 3, 1e-12);
  }
}

TEST(LossCurve, ClearBeginsAnew) {
  LossCurve curve;
  for (int i = 1; i <= 5000; ++i) curve.add({i, 1, 1});
  curve.clear();
  EXPECT_TRUE(curve.points().empty());
  curve.add({1, 7, 0});
  ASSERT_EQ(curve.points().size(), 1u);
  EXPECT_EQ(curve.points()[0].distance, 7);
}

TEST(LossCurve, GoesOnFromItsPoints) {
  for (const int before : {3, 511, 512, 700, 1023, 40'000}) {
    LossCurve whole;
    for (int i = 1; i <= before; ++i) whole.add({i, 1.0 * i, 3});
    LossCurve again(whole.points(), whole.stretch());
    EXPECT_EQ(again.points().back().iteration, before);
    for (int i = before + 1; i <= before + 5000; ++i) again.add({i, 1.0 * i, 3});
    const auto points = again.points();
    EXPECT_LE(points.size(), LossCurve::kMaxPoints + 1);
    EXPECT_LE(points.front().iteration, again.stretch());
    EXPECT_EQ(points.back().iteration, before + 5000);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      EXPECT_LT(points[i].iteration, points[i + 1].iteration);
      EXPECT_LT(points[i].distance, points[i + 1].distance) << "nothing was lost in between";
    }
  }
}

}  // namespace
}  // namespace phaseloom
