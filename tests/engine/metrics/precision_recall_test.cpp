// SPDX-License-Identifier: MIT
#include "engine/metrics/precision_recall.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/support/random.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr int kDimensions = 5;
constexpr int kPoints = 700;  // more than a block, and not a multiple of one

/// Around two centres, `second` of the points around the second one, `width` wide.
std::vector<float> cloud(std::uint64_t seed, double second, double width) {
  RandomSequence random(seed, Stream::batch);
  std::vector<float> values;
  for (int i = 0; i < kPoints; ++i) {
    const double centre = random.uniform() < second ? 20 : 0;
    for (int d = 0; d < kDimensions; ++d)
      values.push_back(static_cast<float>(centre + width * random.normal()));
  }
  return values;
}

double squared(std::span<const float> a, int i, std::span<const float> b, int j) {
  double sum = 0;
  for (int d = 0; d < kDimensions; ++d)
    sum += std::pow(double(a[i * kDimensions + d]) - b[j * kDimensions + d], 2);
  return sum;
}

/// The definition, word by word: how many of `points` lie in a ball about one of `centres`.
double covered(std::span<const float> points, std::span<const float> centres) {
  std::vector<double> radii;
  for (int i = 0; i < kPoints; ++i) {
    std::vector<double> others;
    for (int j = 0; j < kPoints; ++j)
      if (j != i) others.push_back(squared(centres, i, centres, j));
    std::ranges::sort(others);
    radii.push_back(others[kManifoldNeighbours - 1]);
  }
  int inside = 0;
  for (int i = 0; i < kPoints; ++i) {
    bool in = false;
    for (int j = 0; j < kPoints && !in; ++j) in = squared(points, i, centres, j) <= radii[j];
    inside += in;
  }
  return double(inside) / kPoints;
}

TEST(PrecisionRecall, IsTheDefinition) {
  ThreadPool pool(2);
  const auto real = cloud(1, 0.5, 1), made = cloud(2, 0.2, 1.4);
  const auto result = precision_recall(real, made, kDimensions, pool);
  // One point may lie on a border within rounding.
  EXPECT_NEAR(result.precision, covered(made, real), 1.5 / kPoints);
  EXPECT_NEAR(result.recall, covered(real, made), 1.5 / kPoints);
}

TEST(PrecisionRecall, TellsWhatIsMissingFromWhatIsWrong) {
  ThreadPool pool(2);
  const auto real = cloud(1, 0.5, 1);
  const auto alike = precision_recall(real, cloud(2, 0.5, 1), kDimensions, pool);
  const auto one_centre = precision_recall(real, cloud(3, 0, 1), kDimensions, pool);
  const auto narrow = precision_recall(real, cloud(4, 0.5, 0.3), kDimensions, pool);
  const auto wide = precision_recall(real, cloud(5, 0.5, 3), kDimensions, pool);
  EXPECT_GT(alike.precision, 0.8);
  EXPECT_GT(alike.recall, 0.8);
  EXPECT_NEAR(one_centre.recall, alike.recall / 2, 0.1) << "half of it is never made";
  EXPECT_GT(one_centre.precision, 0.8);
  EXPECT_GT(narrow.precision, alike.precision);
  EXPECT_LT(narrow.recall, 0.3);
  EXPECT_LT(wide.precision, 0.3);
  EXPECT_GT(wide.recall, alike.recall);
  auto far = real;
  for (float& v : far) v += 1000;
  const auto nothing = precision_recall(real, far, kDimensions, pool);
  EXPECT_EQ(nothing.precision, 0);
  EXPECT_EQ(nothing.recall, 0);
}

TEST(PrecisionRecall, SameForAnyNumberOfThreadsAndStopsWhenAsked) {
  const auto real = cloud(1, 0.5, 1), made = cloud(2, 0.4, 1.2);
  ThreadPool one(1), three(3);
  const auto a = precision_recall(real, made, kDimensions, one);
  const auto b = precision_recall(real, made, kDimensions, three);
  EXPECT_EQ(a.precision, b.precision);
  EXPECT_EQ(a.recall, b.recall);
  double last = 0;
  precision_recall(real, made, kDimensions, one, [&](double fraction) {
    EXPECT_GT(fraction, last);
    last = fraction;
  });
  EXPECT_EQ(last, 1);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(precision_recall(real, made, kDimensions, one, {}, stop.get_token()).precision, 0);
}

TEST(PrecisionRecall, RefusesTooFew) {
  ThreadPool pool(1);
  const std::vector<float> few(3 * kDimensions), enough(4 * kDimensions);
  EXPECT_THAT(error_of([&] { precision_recall(few, enough, kDimensions, pool); }),
              HasSubstr("3 pictures; more than 3"));
  EXPECT_THAT(error_of([&] { precision_recall(enough, few, kDimensions, pool); }),
              HasSubstr("3 pictures"));
}

}  // namespace
}  // namespace phaseloom
