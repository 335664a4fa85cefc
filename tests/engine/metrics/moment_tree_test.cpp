// SPDX-License-Identifier: MIT
#include "engine/metrics/moment_tree.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/support/random.hpp"
#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

constexpr int kDimensions = 5, kInPiece = 7;

std::vector<float> vectors(int count) {
  std::vector<float> all(static_cast<std::size_t>(count * kDimensions));
  RandomSequence random(3, Stream::batch);
  for (float& v : all) v = static_cast<float>(100 + random.normal());
  return all;
}

/// All vectors, the last piece being shorter, as the ranks share them.
GaussianFit fit(const std::vector<float>& all, Ranks& ranks) {
  const int count = static_cast<int>(all.size()) / kDimensions;
  const int pieces = (count + kInPiece - 1) / kInPiece;
  const ItemRange own = ranks.share(pieces);
  MomentTree tree(kDimensions, own.begin);
  for (int p = own.begin; p < own.end; ++p) {
    const int first = p * kInPiece, some = std::min(kInPiece, count - first);
    tree.add(std::span(all).subspan(static_cast<std::size_t>(first * kDimensions),
                                    static_cast<std::size_t>(some * kDimensions)));
  }
  tree.gather(pieces, ranks);
  return tree.fit();
}

// Far from the origin, where the mean of squares less the square of the mean would lose digits.
TEST(MomentTree, IsTheFitOfAllAtOnce) {
  for (const int count : {2, 7, 8, 100, 333}) {
    const auto all = vectors(count);
    const GaussianFit tree = fit(all, Ranks::alone()), whole = fit_gaussian(all, kDimensions);
    for (std::size_t i = 0; i < whole.mean.size(); ++i)
      EXPECT_NEAR(tree.mean[i], whole.mean[i], 1e-12 * 100) << count;
    for (std::size_t i = 0; i < whole.covariance.size(); ++i)
      EXPECT_NEAR(tree.covariance[i], whole.covariance[i], 1e-12 * 100) << count;
  }
}

TEST(MomentTree, AnyNumberOfRanksHasTheBitsOfOne) {
  for (const int count : {5, 61, 333}) {
    const auto all = vectors(count);
    const GaussianFit one = fit(all, Ranks::alone());
    for (const int size : {2, 3, 4, 9})
      as_ranks(size, [&](Ranks& ranks) {
        const GaussianFit shared = fit(all, ranks);
        EXPECT_EQ(shared.mean, one.mean) << count << " by " << size;
        EXPECT_EQ(shared.covariance, one.covariance) << count << " by " << size;
      });
  }
}

}  // namespace
}  // namespace phaseloom
