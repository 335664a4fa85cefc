// SPDX-License-Identifier: MIT
#include "engine/thermo/overlap.hpp"

#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

// Zero mean each, and alike: their product is not 0.
const std::vector<std::vector<float>> kPrototypes{{1, 1, -1, -1}, {1, -1, 1, -1}, {2, 0, -1, -1}};

std::vector<float> blend(const std::vector<float>& parts, float mean) {
  std::vector<float> picture(4, mean);
  for (std::size_t k = 0; k < parts.size(); ++k)
    for (std::size_t i = 0; i < 4; ++i) picture[i] += parts[k] * kPrototypes[k][i];
  return picture;
}

TEST(Overlap, FindsTheCoefficientsOfABlend) {
  const Overlap overlap(kPrototypes);
  const auto found = overlap.coefficients(blend({0.5F, -2.0F, 0.25F}, 7));
  ASSERT_EQ(found.size(), 3u);
  EXPECT_NEAR(found[0], 0.5, 1e-9);
  EXPECT_NEAR(found[1], -2, 1e-9);
  EXPECT_NEAR(found[2], 0.25, 1e-9);
}

TEST(Overlap, CountsNegativesAndMixtures) {
  const Overlap overlap(kPrototypes);
  OverlapCounts counts;
  for (const auto& parts : {std::vector<float>{1, 0.1F, 0}, {0, -1, 0.4F}, {0.8F, 0, -1}})
    counts.count(overlap.coefficients(blend(parts, 0)));
  EXPECT_EQ(counts.pictures, 3);
  EXPECT_EQ(counts.strongest, (std::vector<int>{1, 1, 1}));
  EXPECT_EQ(counts.negatives, 2);
  EXPECT_EQ(counts.mixtures, 1);
}

TEST(Overlap, RefusesPicturesThatCannotBeToldApart) {
  auto same = kPrototypes;
  same.push_back(blend({1, 1, 0}, 0));
  EXPECT_THAT(error_of([&] { Overlap{same}; }), ::testing::HasSubstr("combination"));
}

}  // namespace
}  // namespace phaseloom
