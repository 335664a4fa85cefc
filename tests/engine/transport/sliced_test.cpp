// SPDX-License-Identifier: MIT
#include "engine/transport/sliced.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

constexpr int kPoints = 128;
constexpr double kAngle = 0.3;

Points random_points(std::uint32_t which, double width = 0.3) {
  RandomSequence random(6, Stream::batch, which);
  Points points(kPoints);
  for (Point& p : points)
    p = {static_cast<float>(width * random.normal()), static_cast<float>(width * random.normal())};
  return points;
}

/// The definition, in double precision.
double reference(const std::vector<double>& a, const Points& b) {
  double sum = 0;
  for (int d = 0; d < kSliceDirections; ++d) {
    const double turn = kAngle + std::numbers::pi * d / kSliceDirections;
    std::vector<double> from, to;
    for (int i = 0; i < kPoints; ++i) {
      from.push_back(a[2 * i] * std::cos(turn) + a[2 * i + 1] * std::sin(turn));
      to.push_back(b[i].x * std::cos(turn) + b[i].y * std::sin(turn));
    }
    std::ranges::sort(from);
    std::ranges::sort(to);
    for (int r = 0; r < kPoints; ++r) sum += (from[r] - to[r]) * (from[r] - to[r]);
  }
  return sum / (kSliceDirections * kPoints);
}
std::vector<double> flat(const Points& points) {
  std::vector<double> out;
  for (const Point& p : points) out.insert(out.end(), {p.x, p.y});
  return out;
}

TEST(SlicedPoints, ValueAndGradientAgainstTheDefinition) {
  const Points a = random_points(0), b = random_points(1, 0.5);
  SlicedPoints sliced(kPoints);
  Points gradient(kPoints);
  // Ties within a step of the sorting's fixed point, 16 / 2^24, may swap ranks: an error far below.
  EXPECT_NEAR(sliced.pull(a, b, kAngle, gradient), reference(flat(a), b), 1e-6);
  auto x = flat(a);
  constexpr double h = 1e-7;  // smaller than nearly all gaps between projections
  for (int i = 0; i < 2 * kPoints; i += 5) {
    const double kept = x[i];
    x[i] = kept + h;
    const double up = reference(x, b);
    x[i] = kept - h;
    const double down = reference(x, b);
    x[i] = kept;
    const float found = i % 2 ? gradient[i / 2].y : gradient[i / 2].x;
    EXPECT_NEAR(found, (up - down) / (2 * h), 1e-5) << i;  // of values about 1e-3
  }
}

TEST(SlicedPoints, ZeroForTheSameSetInAnyOrder) {
  const Points a = random_points(2);
  Points b = a;
  std::ranges::reverse(b);
  Points gradient(kPoints, {7, 7});
  EXPECT_EQ(SlicedPoints(kPoints).pull(a, b, 0, gradient), 0);
  for (const Point& g : gradient) EXPECT_EQ(g, Point{});
}

TEST(SlicedPoints, AShiftIsHalfItsSquareOnAverage) {
  // <(s . u)^2> over directions u is |s|^2 / 2, exactly so for evenly spaced ones.
  const Points a = random_points(3);
  Points b = a, gradient(kPoints);
  for (Point& p : b) p = {p.x + 0.3f, p.y - 0.4f};
  EXPECT_NEAR(SlicedPoints(kPoints).pull(a, b, 1, gradient), 0.125, 1e-5);
}

TEST(SlicedPoints, FarPointsAndTiesAreSorted) {
  Points a(kPoints, {0.1f, 0.1f}), b(kPoints, {0.1f, 0.1f}), gradient(kPoints);
  a[5] = {1e6f, 0};
  b[9] = {1e6f, 0};
  EXPECT_EQ(SlicedPoints(kPoints).pull(a, b, 0, gradient), 0);
}

}  // namespace
}  // namespace phaseloom
