// SPDX-License-Identifier: MIT
#include "engine/metrics/class_shares.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/engine/learning/bars.hpp"

namespace phaseloom {
namespace {

constexpr ClassShares kUneven{0.05, 0.3, 0.1, 0.1, 0.1, 0.05, 0.1, 0.1, 0.05, 0.05};

TEST(ClassShares, CountsLabels) {
  const std::vector<std::uint8_t> labels{0, 1, 1, 3, 200};
  const ClassShares shares = class_shares(labels);
  EXPECT_DOUBLE_EQ(shares[0], 0.25);
  EXPECT_DOUBLE_EQ(shares[1], 0.5);
  EXPECT_DOUBLE_EQ(shares[2], 0);
  EXPECT_DOUBLE_EQ(shares[3], 0.25);
}

TEST(ClassShares, AreEqualWithoutClasses) {
  const std::vector<std::uint8_t> zeros(5, 0);
  for (const double share : class_shares({})) EXPECT_DOUBLE_EQ(share, 0.1);
  for (const double share : class_shares(zeros)) EXPECT_DOUBLE_EQ(share, 0.1);
}

// The largest debt is paid first, so no class is ever behind or ahead by much more than a picture.
TEST(ClassShares, EveryBeginningKeepsThem) {
  const auto classes = classes_in_shares(kUneven, 0, 2000);
  std::array<int, kClasses> count{};
  for (std::size_t i = 0; i < classes.size(); ++i) {
    ++count[classes[i]];
    for (std::size_t k = 0; k < count.size(); ++k)
      ASSERT_LT(std::abs(count[k] - kUneven[k] * double(i + 1)), 1.5) << i << " of class " << k;
  }
}

TEST(ClassShares, ALaterPartGoesOn) {
  const auto all = classes_in_shares(kUneven, 0, 500), later = classes_in_shares(kUneven, 250, 250);
  EXPECT_TRUE(std::equal(later.begin(), later.end(), all.begin() + 250));
}

class GenerateInShares : public ::testing::Test {
 protected:
  static constexpr int kN = 40;
  Program program = labelled_network(2);
  RunSettings settings{.steps_per_chunk = 2};
  ThreadPool pool{2};
  std::size_t visible = std::size_t(program.topology->visible());
};

// Class by class with first_sample going on: the same pictures as single runs make.
TEST_F(GenerateInShares, PicturesAreThoseOfTheirClass) {
  settings.first_sample = 100;
  const auto made = generate_in_shares(program, {}, settings, {0.25, 0.75}, kN, pool);
  ASSERT_EQ(made.classes.size(), std::size_t{kN});
  ASSERT_EQ(made.pictures.size(), kN * visible);
  EXPECT_EQ(std::ranges::count(made.classes, 0), kN / 4);
  RunSettings own = settings;
  for (int k = 0; k < 2; ++k) {
    own.label = k;
    const int count = k == 0 ? kN / 4 : kN - kN / 4;
    const auto alone = generate(program, {}, own, count, pool);
    own.first_sample += std::uint64_t(count);
    auto next = alone.begin();
    for (std::size_t i = 0; i < kN; ++i) {
      if (made.classes[i] != k) continue;
      EXPECT_TRUE(std::equal(next, next + std::ptrdiff_t(visible),
                             made.pictures.begin() + std::ptrdiff_t(i * visible)));
      next += std::ptrdiff_t(visible);
    }
  }
}

TEST_F(GenerateInShares, LeavesOutClassesWithoutALabel) {
  const auto made = generate_in_shares(program, {}, settings, {0.1, 0.3, 0.6}, kN, pool);
  EXPECT_EQ(std::ranges::count(made.classes, 0), kN / 4);
  EXPECT_EQ(std::ranges::count(made.classes, 1), kN - kN / 4);
}

// A file may hold up to kMaxLabels labels, the classifier knows ten classes.
TEST_F(GenerateInShares, LeavesOutLabelsBeyondTheClasses) {
  const Program many = labelled_network(kClasses + 2);
  const auto made = generate_in_shares(many, {}, settings, class_shares({}), kN, pool);
  for (int k = 0; k < kClasses; ++k)
    EXPECT_EQ(std::ranges::count(made.classes, k), kN / kClasses) << k;
  settings.label = kClasses + 1;
  EXPECT_EQ(generate_in_shares(many, {}, settings, class_shares({}), kN, pool).classes.front(),
            kClasses + 1);
}

TEST(ShareAsAsked, CountsPicturesReadAsTheirClass) {
  const std::vector<std::uint8_t> read{3, 1, 4, 0};
  const std::vector<int> asked{3, 1, 5, 256};
  EXPECT_DOUBLE_EQ(share_as_asked(read, asked), 0.5);
}

TEST_F(GenerateInShares, OneClassOrNoneIsJustGenerate) {
  settings.label = 1;
  const auto made = generate_in_shares(program, {}, settings, kUneven, kN, pool);
  EXPECT_EQ(made.pictures, generate(program, {}, settings, kN, pool));
  EXPECT_EQ(std::ranges::count(made.classes, 1), kN);
  const auto plain = generate_in_shares(network(), {}, {.steps_per_chunk = 2}, kUneven, kN, pool);
  EXPECT_TRUE(plain.classes.empty());
  EXPECT_EQ(plain.pictures.size(), kN * visible);
}

TEST_F(GenerateInShares, CanBeCancelledBetweenClasses) {
  std::vector<int> seen;
  generate_in_shares(program, {}, settings, {0.5, 0.5}, 2 * kN, pool, [&](int done) {
    seen.push_back(done);
    return false;
  });
  EXPECT_EQ(seen.size(), 1u);
}

TEST_F(GenerateInShares, PartsAreThoseOfTheWhole) {
  for (const int label : {kAllLabels, 1}) {
    settings.label = label;
    settings.first_sample = 7;
    const PictureMaker make = [&](const RunSettings& run, int n, const auto& progress) {
      return generate(program, {}, run, n, pool, progress);
    };
    const auto whole =
        generate_in_shares(*program.topology, make, settings, {0.25, 0.75}, kN, {0, kN});
    EXPECT_EQ(asked_classes(*program.topology, settings, {0.25, 0.75}, kN), whole.classes);
    AskedSamples parts;
    for (const ItemRange part :
         {ItemRange{0, 3}, ItemRange{3, 3}, ItemRange{3, 33}, ItemRange{33, kN}}) {
      const auto some =
          generate_in_shares(*program.topology, make, settings, {0.25, 0.75}, kN, part);
      parts.pictures.insert(parts.pictures.end(), some.pictures.begin(), some.pictures.end());
      parts.classes.insert(parts.classes.end(), some.classes.begin(), some.classes.end());
    }
    EXPECT_EQ(parts.pictures, whole.pictures);
    EXPECT_EQ(parts.classes, whole.classes);
  }
}

}  // namespace
}  // namespace phaseloom
