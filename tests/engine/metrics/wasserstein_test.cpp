// SPDX-License-Identifier: MIT
#include "engine/metrics/wasserstein.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/support/atomic_file.hpp"
#include "engine/support/random.hpp"
#include "tests/support/places.hpp"
#include "tests/support/python.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

Points random_points(int n, std::uint32_t which) {
  RandomSequence random(5, Stream::batch, which);
  Points points(static_cast<std::size_t>(n));
  for (Point& p : points)
    p = {static_cast<float>(random.uniform()), static_cast<float>(random.normal())};
  return points;
}

double cost(const Points& a, const Points& b, const std::vector<int>& match) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum +=
        std::pow(double{a[i].x} - b[match[i]].x, 2) + std::pow(double{a[i].y} - b[match[i]].y, 2);
  return sum / double(a.size());
}

/// Least over all assignments.
double brute_force(const Points& a, const Points& b) {
  std::vector<int> match(a.size());
  std::iota(match.begin(), match.end(), 0);
  double least = HUGE_VAL;
  do least = std::min(least, cost(a, b, match));
  while (std::ranges::next_permutation(match).found);
  return least;
}

TEST(Wasserstein, BruteForceOnSmallSets) {
  for (std::uint32_t trial = 0; trial < 40; ++trial) {
    const int n = 1 + static_cast<int>(trial % 7);
    const Points a = random_points(n, 2 * trial), b = random_points(n, 2 * trial + 1);
    EXPECT_NEAR(w2_squared(a, b), brute_force(a, b), 1e-12) << n;
  }
}

TEST(Wasserstein, AssignmentIsAPermutation) {
  auto match = optimal_assignment(random_points(150, 1), random_points(150, 2));
  std::ranges::sort(match);
  for (int i = 0; i < 150; ++i) EXPECT_EQ(match[i], i);
}

TEST(Wasserstein, ShuffledAndShifted) {
  const Points a = random_points(200, 3);
  Points b = a;
  std::ranges::rotate(b, b.begin() + 77);
  EXPECT_EQ(w2_squared(a, b), 0);
  // A shift is the best map to what it gives, whatever the points: W2^2 is its length squared.
  for (Point& p : b) p = {p.x + 3, p.y - 4};
  EXPECT_NEAR(w2_squared(a, b), 25, 1e-5);  // coordinates are rounded to single precision
}

TEST(Wasserstein, ManyEqualPoints) {
  const Points a(50, {0, 0});
  Points b(50, {1, 0});
  std::fill_n(b.begin(), 25, Point{0, 0});
  EXPECT_DOUBLE_EQ(w2_squared(a, b), 0.5);
}

/// Draws with replacement, as own points are drawn: once a way to go round in circles for ever.
TEST(Wasserstein, ManyDoubledPointsEnd) {
  const Points few = random_points(120, 11), others = random_points(400, 12);
  for (std::uint32_t trial = 0; trial < 20; ++trial) {
    RandomSequence random(trial, Stream::batch);
    Points a(200), b(200);
    for (Point& p : a) p = others[random.below(400)];
    for (Point& p : b) p = few[random.below(120)];
    EXPECT_GT(w2_squared(a, b), 0);
    EXPECT_NEAR(w2_squared(b, a), w2_squared(a, b), 1e-9) << trial;
  }
}

TEST(Wasserstein, NothingAndInfinity) {
  EXPECT_EQ(w2_squared({}, {}), 0);
  for (const float bad : {std::numeric_limits<float>::infinity(), std::nanf("")}) {
    const Points a{{0, bad}, {0, 0}}, b{{0, 0}, {1, 1}};
    EXPECT_EQ(w2_squared(a, b), HUGE_VAL);
    EXPECT_EQ(w2_squared(b, a), HUGE_VAL);
  }
}

/// An implementation of others (a shortest augmenting path method), on sets too large for brute
/// force.
TEST(Wasserstein, AgreesWithScipy) {
  PHASELOOM_NEED_NUMPY(python);
  if (run_command(*python + " -c 'import scipy.optimize'").status != 0)
    GTEST_SKIP() << "needs scipy: apt install python3-scipy";
  const Points a = random_points(400, 8), b = random_points(400, 9);
  TemporaryFolder folder;
  std::string text;
  for (const Points& set : {a, b})
    for (const Point& p : set) text += fmt::format("{:.9g} {:.9g}\n", p.x, p.y);
  write_file_atomically(folder / "points.txt", text);
  const auto result = run_command(*python + " " + source_folder() + "/tests/python/assignment.py " +
                                  (folder / "points.txt").string());
  ASSERT_EQ(result.status, 0) << result.output;
  EXPECT_NEAR(w2_squared(a, b), std::stod(result.output), 1e-9);
}

}  // namespace
}  // namespace phaseloom
