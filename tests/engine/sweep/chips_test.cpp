// SPDX-License-Identifier: MIT
#include "engine/sweep/chips.hpp"

#include <gmock/gmock.h>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<ChipQuality> chips(std::initializer_list<double> relatives) {
  std::vector<ChipQuality> all;
  for (const double relative : relatives)
    all.push_back({all.size() + 1, relative, 100 * relative, 2.3, {}});
  return all;
}

std::vector<ChipQuality> with_a_failed_one(std::initializer_list<double> relatives) {
  auto all = chips(relatives);
  all.insert(all.begin(), {9, 0, 0, 0, "left all bounds"});
  return all;
}

TEST(Chips, BestMedianAndWorst) {
  const auto s = statistics_of(chips({0.3, 0.1, 0.5, 0.2}));
  EXPECT_EQ(s.best, 1);
  EXPECT_EQ(s.median, 3) << "the lower one of an even number";
  EXPECT_EQ(s.worst, 2);
  EXPECT_DOUBLE_EQ(s.mean, 0.275);
  EXPECT_NEAR(s.deviation, 0.17078, 1e-5);
  const auto f = statistics_of(with_a_failed_one({0.3, 0.1}));
  EXPECT_EQ(f.failed, 1);
  EXPECT_EQ(f.worst, 0) << "none is worse";
  EXPECT_EQ(f.median, 1);
  EXPECT_DOUBLE_EQ(f.mean, 0.2) << "of those that have a number";
  EXPECT_EQ(statistics_of({}).best, -1);
}

TEST(Chips, YieldCountsThoseWithinTheLimit) {
  EXPECT_DOUBLE_EQ(*yield_of(chips({0.1, 0.2, 0.3, 0.4}), 0.3), 0.75);
  EXPECT_DOUBLE_EQ(*yield_of(chips({0.1, 0.2, 0.3, 0.4}), 0.05), 0);
  EXPECT_DOUBLE_EQ(*yield_of(with_a_failed_one({0.1}), 0.3), 0.5) << "a failed one is not good";
  EXPECT_FALSE(yield_of({}, 1));
}

TEST(Chips, BearableMismatchIsBetweenThoseTried) {
  const std::vector<ChipPopulation> tried{{0.2, chips({0.5, 0.5, 0.5, 0.1})},
                                          {0.1, chips({0.1, 0.1, 0.1, 0.1})}};
  // Yields 1 at 0.1 and 0.25 at 0.2: 0.7 lies at two fifths of the way.
  EXPECT_NEAR(*bearable_mismatch(tried, 0.3, 0.7), 0.14, 1e-12);
  EXPECT_DOUBLE_EQ(*bearable_mismatch(tried, 0.3, 0.2), 0.2) << "all bear it";
  EXPECT_FALSE(bearable_mismatch(tried, 0.05, 0.5)) << "none does";
  EXPECT_FALSE(bearable_mismatch({}, 1, 0.5));
  // A lucky population behind a bad one is no proof.
  auto lucky = tried;
  lucky.push_back({0.4, chips({0.1, 0.1})});
  EXPECT_NEAR(*bearable_mismatch(lucky, 0.3, 0.7), 0.14, 1e-12);
}

TEST(Chips, HistogramHasAllThatHaveANumber) {
  const auto h = histogram_of(with_a_failed_one({0, 0.1, 0.2, 1}), 4);
  EXPECT_EQ(h.low, 0);
  EXPECT_EQ(h.high, 1);
  EXPECT_THAT(h.counts, ElementsAre(3, 0, 0, 1));
  EXPECT_THAT(histogram_of(chips({0.1, 0.5, 3}), 2, 0, 1).counts, ElementsAre(1, 1));
  const auto alike = histogram_of(chips({0.2, 0.2}), 5);
  EXPECT_THAT(alike.counts, ElementsAre(0, 0, 2, 0, 0));
  EXPECT_LT(alike.low, alike.high);
  EXPECT_THAT(histogram_of({}, 3).counts, ElementsAre(0, 0, 0));
}

TEST(Chips, TableIsReadAsItIsWritten) {
  const std::vector<ChipPopulation> made{{0.05, with_a_failed_one({1.0 / 3})}, {0.1, chips({0.2})}};
  const std::string text = chips_csv(made);
  const auto again = parse_chips(text, "c.csv");
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(chips_csv(again), text);
  EXPECT_EQ(again[0].chips[1].relative, 1.0 / 3);
  EXPECT_EQ(again[0].chips[0].problem, "left all bounds");
  const auto error = [](const std::string& lines) {
    return error_of([&] {
      parse_chips("mismatch,device,relative_fcd,fcd,class_entropy,problem\n" + lines, "c");
    });
  };
  EXPECT_THAT(error_of([] { parse_chips("", "c"); }), HasSubstr("c: empty"));
  EXPECT_THAT(error("0.1,1,0.2,,2,\n"), HasSubstr("line 2"));
  EXPECT_THAT(error("0.1,1,0.2,20,2,bad\n"), HasSubstr("line 2"));
  EXPECT_THAT(error("-1,1,0.2,20,2,\n"), HasSubstr("mismatch"));
  EXPECT_THAT(error("0.1,1,0.2,20,2,\n0.1,1,0.2,20,2,\n"), HasSubstr("line 3"));
}

}  // namespace
}  // namespace phaseloom
