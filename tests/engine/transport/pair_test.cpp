// SPDX-License-Identifier: MIT
#include "engine/transport/pair.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr int kMany = 20000;

struct Moments {
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
};
Moments moments_of(const Points& points) {
  Moments m;
  for (const Point& p : points) {
    m.x += p.x;
    m.y += p.y;
    m.xx += double{p.x} * p.x;
    m.yy += double{p.y} * p.y;
    m.xy += double{p.x} * p.y;
  }
  for (double* v : {&m.x, &m.y, &m.xx, &m.yy, &m.xy}) *v /= double(points.size());
  return m;
}

/// Of a mean over kMany draws of a coordinate, which is below 1/2: four standard errors.
constexpr double kTolerance = 4 * 0.5 / 141;

TEST(TransportPair, AllStayInTheSquareAndAreCentred) {
  for (const PairInfo& info : pair_infos()) {
    const auto pair = pair_named(info.name);
    EXPECT_EQ(pair.name(), info.name);
    EXPECT_EQ(pair.title(), info.title);
    for (const Points& points : {pair.source(3, 0, kMany), pair.target(3, 0, kMany)}) {
      for (const Point& p : points) {
        ASSERT_LE(std::abs(p.x), 0.5f) << info.name;
        ASSERT_LE(std::abs(p.y), 0.5f) << info.name;
      }
      const Moments m = moments_of(points);
      EXPECT_NEAR(m.x, 0, kTolerance) << info.name;
      EXPECT_NEAR(m.y, 0, kTolerance) << info.name;
    }
  }
}

TEST(TransportPair, MomentsOfD1) {
  const auto pair = pair_named("D1");
  const Moments source = moments_of(pair.source(1, 0, kMany));
  EXPECT_NEAR(source.xx, 0.01, 0.0005);  // variance 0.1^2; standard error 0.01 sqrt(2 / n) = 1e-4
  EXPECT_NEAR(source.yy, 0.01, 0.0005);
  EXPECT_NEAR(source.xy, 0, 0.0005);
  const Moments target = moments_of(pair.target(1, 0, kMany));
  // Half the squared radius, and the modes' own variance.
  EXPECT_NEAR(target.xx, 0.35 * 0.35 / 2 + 0.03 * 0.03, 0.002);
  EXPECT_NEAR(target.yy, 0.35 * 0.35 / 2 + 0.03 * 0.03, 0.002);
  int modes[8] = {};
  for (const Point& p : pair.target(1, 0, kMany)) {
    const double turn = std::atan2(p.y, p.x) / (2 * std::numbers::pi) * 8;
    ++modes[(static_cast<int>(std::lround(turn)) + 8) % 8];
  }
  for (const int count : modes) EXPECT_NEAR(count, kMany / 8, 200);  // 4 sqrt(n p (1 - p)) = 187
}

TEST(TransportPair, CheckerboardIsUniformOnEverySecondSquare) {
  int cells[4][4] = {};
  for (const Point& p : pair_named("D2").target(1, 0, kMany)) {
    const int column = static_cast<int>(std::floor((p.x + 0.4f) / 0.2f));
    const int row = static_cast<int>(std::floor((p.y + 0.4f) / 0.2f));
    ASSERT_TRUE(column >= 0 && column < 4 && row >= 0 && row < 4);
    ++cells[row][column];
  }
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 4; ++column) {
      const bool dark = (row + column) % 2 == 0;
      EXPECT_NEAR(cells[row][column], dark ? kMany / 8 : 0, 200) << row << ' ' << column;
    }
}

TEST(TransportPair, MoonsAreTwoAndSymmetric) {
  const Moments m = moments_of(pair_named("D3").target(1, 0, kMany));
  // A half circle of radius r about (-r/2, -r/4): <x^2> = r^2 (1/2 + 1/4), and the errors'
  // variance.
  EXPECT_NEAR(m.xx, 0.24 * 0.24 * 0.75 + 0.02 * 0.02, 0.001);
  EXPECT_GT(std::abs(m.xy), 1e-4);  // the second is the first turned, not mirrored
}

TEST(TransportPair, DrawsDependOnSeedAndNumberOnly) {
  for (const char* name : {"D1", "D2", "pinwheel"}) {
    const auto pair = pair_named(name);
    const Points whole = pair.target(7, 0, 100), part = pair.target(7, 40, 60);
    EXPECT_TRUE(std::ranges::equal(std::span(whole).subspan(40), part)) << name;
    EXPECT_NE(pair.target(8, 0, 100), whole);
    EXPECT_NE(pair.target(held_out_seed(7), 0, 100), whole);
    EXPECT_NE(pair.source(7, 0, 100), whole);
  }
}

TEST(TransportPair, UnknownNameListsTheKnown) {
  EXPECT_THAT(error_of([] { pair_named("D9"); }), HasSubstr("choose one of D1, D2"));
}

TEST(TransportPair, OwnPointsWithinTheSquareAreKept) {
  const Points target{{0.1f, 0.2f}, {-0.5f, 0.5f}, {0.3f, -0.2f}};
  const auto pair = pair_of_points("mine", {}, precise(target));
  std::set<std::pair<float, float>> seen;
  for (const Point& p : pair.target(1, 0, 200)) seen.emplace(p.x, p.y);
  EXPECT_EQ(seen.size(), 3u);
  for (const Point& p : target) EXPECT_TRUE(seen.count({p.x, p.y}));
  EXPECT_EQ(pair.source(1, 0, 50), pair_named("D1").source(1, 0, 50));
}

TEST(TransportPair, OthersAreBroughtInTogether) {
  // Twice as wide as high: the shape is kept, and where the source lies relative to the target.
  const auto pair = pair_of_points("mine", {{100, 0}, {100, 0}}, {{0, 0}, {200, 100}});
  for (const Point& p : pair.source(1, 0, 5)) {
    EXPECT_NEAR(p.x, 0, 1e-6);
    EXPECT_NEAR(p.y, -kOwnHalfWidth / 2, 1e-6);
  }
  for (const Point& p : pair.target(1, 0, 5)) {
    EXPECT_NEAR(std::abs(p.x), kOwnHalfWidth, 1e-6);
    EXPECT_NEAR(std::abs(p.y), kOwnHalfWidth / 2, 1e-6);
  }
}

// In metres of a map, whose floats would be half a metre apart, and in very small units.
TEST(TransportPair, FarAwayOrSmallTheyKeepTheirShape) {
  for (const auto& [scale, x, y] : {std::tuple{1., 5400000., 500000.}, std::tuple{1e-6, 0.3, -0.2},
                                    std::tuple{1e-150, 0., 0.}, std::tuple{1e290, 0., 0.}}) {
    PrecisePoints ring;
    for (int i = 0; i < 64; ++i)
      ring.push_back({x + scale * std::cos(i * 0.1), y + scale * std::sin(i * 0.1)});
    const auto pair = pair_of_points("mine", {}, ring);
    std::set<std::pair<float, float>> seen;
    for (const Point& p : pair.target(1, 0, 2000)) {
      EXPECT_NEAR(std::hypot(p.x, p.y), kOwnHalfWidth, 1e-2) << scale;
      seen.emplace(p.x, p.y);
    }
    EXPECT_EQ(seen.size(), 64u) << scale;
  }
}

TEST(TransportPair, BadOwnPointsAreRefused) {
  const PrecisePoints good{{0, 0}, {1, 1}};
  EXPECT_THAT(error_of([&] {
                pair_of_points("mine", {}, {{0, 0}});
              }),
              HasSubstr("mine: 1 target points"));
  EXPECT_THAT(error_of([&] { pair_of_points("mine", {{0, 0}}, good); }), HasSubstr("1 source"));
  EXPECT_THAT(error_of([&] { pair_of_points("mine", {}, {{1, 1}, {1, 1}}); }), HasSubstr("same"));
  EXPECT_THAT(error_of([&] {
                pair_of_points("mine", {}, {{0, 0}, {std::numeric_limits<double>::infinity(), 1}});
              }),
              HasSubstr("target point 2 is not finite"));
}

}  // namespace
}  // namespace phaseloom
