// SPDX-License-Identifier: MIT
#include "engine/support/ranks.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

TEST(Ranks, SharesAreNeighboursAndEven) {
  for (const int size : {1, 2, 3, 7})
    for (const int items : {0, 1, 2, 10, 100}) {
      as_ranks(size, [&](Ranks& ranks) {
        int next = 0;
        for (int r = 0; r < size; ++r) {
          const ItemRange share = ranks.share(items, r);
          EXPECT_EQ(share.begin, next);
          EXPECT_GE(share.size(), items / size);
          EXPECT_LE(share.size(), items / size + 1);
          next = share.end;
        }
        EXPECT_EQ(next, items);
        EXPECT_EQ(ranks.share(items).begin, ranks.share(items, ranks.rank()).begin);
      });
    }
}

TEST(Ranks, AloneItKeepsWhatItHas) {
  Ranks& alone = Ranks::alone();
  EXPECT_TRUE(alone.is_first());
  std::array<int, 3> values{1, 2, 3};
  alone.gather(std::span(values), 3);
  alone.broadcast(values);
  alone.wait_for_all();
  EXPECT_EQ(values, (std::array<int, 3>{1, 2, 3}));
  EXPECT_EQ(alone.share(5).size(), 5);
}

TEST(Ranks, GatherBringsEverybodysItems) {
  for (const int items : {1, 4, 11})
    as_ranks(4, [&](Ranks& ranks) {
      std::vector<int> pairs(static_cast<std::size_t>(2 * items));
      const ItemRange own = ranks.share(items);
      for (int i = 2 * own.begin; i < 2 * own.end; ++i) pairs[static_cast<std::size_t>(i)] = i + 1;
      ranks.gather(std::span(pairs), items);
      std::vector<int> expected(pairs.size());
      std::iota(expected.begin(), expected.end(), 1);
      EXPECT_EQ(pairs, expected);
    });
}

// No launcher started the tests.
TEST(Ranks, WithoutALauncherThereIsOne) {
  EXPECT_EQ(launched_ranks().size(), 1);
  EXPECT_EQ(rank_by_environment(), 0);
  end_launched_ranks(2);  // nobody to end
}

}  // namespace
}  // namespace phaseloom
