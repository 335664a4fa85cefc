// SPDX-License-Identifier: MIT
#include "engine/learning/hardware_range.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr int kDraws = 6000;

TEST(HardwareRange, DrawsAllOfItAndNothingBeyond) {
  const HardwareRange range;
  const Hardware rest{.grid = BitGrid::symmetric, .gain = Gain::unit};
  std::map<int, int> bits;
  int pruned = 0, sparsest = 0;
  double least = 1, noise = 0, mismatch = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Hardware one = draw(range, rest, 7, i);
    validate(one);
    EXPECT_EQ(one.grid, rest.grid);
    EXPECT_EQ(one.gain, rest.gain);
    EXPECT_EQ(one.phase_noise, 0);
    ++bits[one.bits];
    pruned += one.density < 1;
    sparsest += one.density == range.least_density;
    least = std::min(least, one.density);
    noise = std::max(noise, one.weight_noise);
    mismatch = std::max(mismatch, one.mismatch);
  }
  // Counts of a binomial distribution, within 5 standard deviations.
  const auto expect_share = [](int count, double share) {
    EXPECT_NEAR(count, kDraws * share, 5 * std::sqrt(kDraws * share * (1 - share)));
  };
  ASSERT_EQ(bits.size(), range.bits.size());
  for (const int b : range.bits) expect_share(bits[b], 1.0 / double(range.bits.size()));
  expect_share(pruned, range.pruned_share);
  expect_share(sparsest, range.pruned_share * range.sparsest_share);
  EXPECT_EQ(least, range.least_density);
  // The ends of uniform numbers are met to a hundredth by so many.
  EXPECT_LE(noise, range.most_weight_noise);
  EXPECT_GT(noise, 0.99 * range.most_weight_noise);
  EXPECT_LE(mismatch, range.most_mismatch);
  EXPECT_GT(mismatch, 0.99 * range.most_mismatch);
}

TEST(HardwareRange, KindsAreBitsAndWhetherItIsPruned) {
  HardwareRange range;
  range.bits = {0, 4, 2};
  EXPECT_EQ(kinds_of(range), 6);
  EXPECT_EQ(kind_of(range, {.bits = 0}), 0);
  EXPECT_EQ(kind_of(range, {.bits = 2}), 2);
  EXPECT_EQ(kind_of(range, {.bits = 4, .density = 0.25}), 4);
  range.pruned_share = 0;
  EXPECT_EQ(kinds_of(range), 3);
  EXPECT_EQ(kinds_of({}), 1);
  EXPECT_EQ(kind_of({}, {.bits = 4}), 0);
}

TEST(HardwareRange, ADrawIsOfSeedAndIteration) {
  const HardwareRange range;
  EXPECT_EQ(draw(range, {}, 7, 12), draw(range, {}, 7, 12));
  EXPECT_NE(draw(range, {}, 7, 12), draw(range, {}, 7, 13));
  EXPECT_NE(draw(range, {}, 7, 12), draw(range, {}, 8, 12));
}

TEST(HardwareRange, IsJudgedByItsHardestEnds) {
  const auto all = judged_by({.bits = {0, 5, 3}, .least_density = 0.4}, {.gain = Gain::unit});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0], (Hardware{.bits = 4, .gain = Gain::unit}));
  EXPECT_EQ(all[1], (Hardware{.bits = 3, .gain = Gain::unit}));
  EXPECT_EQ(all[2], (Hardware{.bits = 4, .gain = Gain::unit, .density = 0.4}));
}

TEST(HardwareRange, ValidateNamesWhatIsWrong) {
  const auto refused = [](const HardwareRange& range, const char* what) {
    EXPECT_THAT(error_of([&] { validate(range); }), HasSubstr(what));
  };
  validate(HardwareRange{});
  refused({.bits = {}}, "without bits");
  refused({.bits = {4, 9}}, "bits is 9");
  refused({.least_density = 0}, "density is 0");
  refused({.pruned_share = 1.5}, "pruned_share is 1.5");
  refused({.sparsest_share = -0.1}, "sparsest_share is -0.1");
  refused({.most_weight_noise = -1}, "weight_noise is -1");
  refused({.most_mismatch = std::numeric_limits<double>::quiet_NaN()}, "mismatch is nan");
}

}  // namespace
}  // namespace phaseloom
