// SPDX-License-Identifier: MIT
#include "engine/network/topology.hpp"

#include <algorithm>
#include <cstdlib>

#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

/// The promises that hold for every topology: ascending sources in range, no self-coupling, and
/// find() agrees with the rows.
void expect_consistent(const Topology& t) {
  ASSERT_EQ(t.row_begin().size(), static_cast<std::size_t>(t.units()) + 1);
  ASSERT_EQ(t.row_begin().front(), 0);
  ASSERT_EQ(t.couplings(), static_cast<std::int64_t>(t.sources().size()));
  ASSERT_EQ(t.visible() + t.hidden() + t.labels(), t.units());
  ASSERT_EQ(t.first_label(), t.grid().units());
  for (int i = 0; i < t.units(); ++i) {
    const auto row = t.sources_of(i);
    for (std::size_t k = 0; k < row.size(); ++k) {
      ASSERT_TRUE(row[k] >= 0 && row[k] < t.units() && row[k] != i);
      ASSERT_LT(k ? row[k - 1] : -1, row[k]);
      ASSERT_EQ(t.find(i, row[k]), t.row_begin()[i] + static_cast<std::int64_t>(k));
    }
    ASSERT_EQ(t.find(i, i), -1);
  }
}

TEST(Topology, EveryKindIsConsistent) {
  for (const auto& t : test::sample_topologies()) {
    SCOPED_TRACE(t->description());
    expect_consistent(*t);
  }
}

// The image models' network: 184 places in reach along an axis of 28 with radius 3, so
// 2 x 2 x 184^2 pairs, less the units themselves.
TEST(Topology, CountsOfTheImageModels) {
  const auto t = Topology::local({28, 28, 2}, 3);
  EXPECT_EQ(t->couplings(), 133856);
  EXPECT_EQ(t->couplings(), 4 * 184 * 184 - 2 * 784);
  EXPECT_EQ(t->units(), 1568);
  EXPECT_EQ(t->visible(), 784);
  EXPECT_EQ(t->hidden(), 784);
  EXPECT_DOUBLE_EQ(t->density(), 133856 / (1568. * 1568));
  EXPECT_EQ(t->description(), "local(3) x 2 layers");
}

TEST(Topology, LocalIsTheWindowInAllLayers) {
  for (const Grid grid : {Grid{7, 5, 2}, Grid{4, 6, 1}, Grid{3, 1, 3}})
    for (int radius = 0; radius <= 4; ++radius) {
      const auto t = Topology::local(grid, radius);
      expect_consistent(*t);
      EXPECT_EQ(t->visible(), grid.plane());
      for (int i = 0; i < t->units(); ++i)
        for (int j = 0; j < t->units(); ++j) {
          const int dx = std::abs(i % grid.width - j % grid.width);
          const int dy = std::abs(i / grid.width % grid.height - j / grid.width % grid.height);
          const bool coupled = i != j && std::max(dx, dy) <= radius;
          ASSERT_EQ(t->find(i, j) >= 0, coupled) << i << " <- " << j << ", radius " << radius;
          ASSERT_EQ(t->find(i, j) >= 0, t->find(j, i) >= 0);  // windows are symmetric
        }
    }
}

TEST(Topology, AllToAll) {
  const auto t = Topology::all_to_all({6, 1, 1}, 2);
  expect_consistent(*t);
  EXPECT_EQ(t->couplings(), 30);
  EXPECT_EQ(t->visible(), 2);
  EXPECT_EQ(t->hidden(), 4);
  EXPECT_EQ(t->description(), "all_to_all");
  EXPECT_EQ(Topology::all_to_all({1, 1, 1}, 1)->couplings(), 0);
}

TEST(Topology, RandomLinksAreExactlyThatMany) {
  const auto base = Topology::local({9, 7, 2}, 1);
  for (int links : {0, 1, 4, 30}) {
    const auto t = Topology::with_random_links(*base, links, 5);
    SCOPED_TRACE(t->description());
    expect_consistent(*t);  // ascending without equals: no duplicates
    EXPECT_EQ(t->couplings(), base->couplings() + std::int64_t{links} * base->units());
    EXPECT_EQ(t->visible(), base->visible());
    EXPECT_EQ(t->grid(), base->grid());
    for (int i = 0; i < t->units(); ++i) {
      EXPECT_EQ(t->sources_of(i).size(),
                base->sources_of(i).size() + static_cast<std::size_t>(links));
      for (int j : base->sources_of(i)) EXPECT_GE(t->find(i, j), 0);
    }
  }
}

TEST(Topology, RandomLinksFollowTheirSeed) {
  const auto base = Topology::local({9, 7, 1}, 1);
  const auto sources = [&](std::uint64_t seed) {
    const auto t = Topology::with_random_links(*base, 3, seed);
    return std::vector<std::int32_t>(t->sources().begin(), t->sources().end());
  };
  EXPECT_EQ(sources(5), sources(5));
  EXPECT_NE(sources(5), sources(6));
}

// Each of the n - 1 others is as likely as the next: 2 links x 400 networks over 9 candidates of
// unit 0 are 89 hits each, standard deviation 8.8; 5 of them allowed.
TEST(Topology, RandomLinksAreUniform) {
  const auto base = Topology::local({10, 1, 1}, 0);
  std::vector<int> hits(10, 0);
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto t = Topology::with_random_links(*base, 2, seed);
    for (int j : t->sources_of(0)) ++hits[j];
  }
  EXPECT_EQ(hits[0], 0);
  for (int j = 1; j < 10; ++j) EXPECT_NEAR(hits[j], 800. / 9, 5 * 8.8) << "source " << j;
}

TEST(Topology, RandomLinksFillAllRoomButNotMore) {
  const auto base = Topology::local({4, 1, 1}, 0);
  EXPECT_EQ(Topology::with_random_links(*base, 3, 1)->couplings(), 12);
  EXPECT_THAT(error_of([&] { Topology::with_random_links(*base, 4, 1); }),
              AllOf(HasSubstr("4 random links"), HasSubstr("room for 3")));
  EXPECT_THAT(error_of([&] { Topology::with_random_links(*base, -1, 1); }),
              AllOf(HasSubstr("-1 random links"), HasSubstr("at least 0")));
}

TEST(Topology, PrunedKeepsWhatIsFlagged) {
  const auto base = Topology::local({7, 5, 2}, 2);
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(base->couplings()));
  RandomSequence random(3, Stream::pruning);
  for (auto& k : keep) k = random.uniform() < 0.4;
  const auto t = Topology::pruned(*base, keep);
  expect_consistent(*t);
  EXPECT_EQ(t->couplings(), std::count(keep.begin(), keep.end(), 1));
  for (int i = 0; i < base->units(); ++i)
    for (int j : base->sources_of(i))
      EXPECT_EQ(t->find(i, j) >= 0, keep[static_cast<std::size_t>(base->find(i, j))] == 1);
  EXPECT_EQ(t->description(), base->description() + ", pruned");

  std::fill(keep.begin(), keep.end(), 0);
  EXPECT_EQ(Topology::pruned(*base, keep)->couplings(), 0);
  std::fill(keep.begin(), keep.end(), 1);
  EXPECT_EQ(Topology::pruned(*base, keep)->couplings(), base->couplings());
}

TEST(Topology, LabelsAreHeardByAllAndListenToNobody) {
  const auto base = Topology::local({7, 5, 2}, 2);
  const auto t = Topology::with_labels(*base, 3);
  expect_consistent(*t);
  EXPECT_EQ(t->units(), 73);
  EXPECT_EQ(t->labels(), 3);
  EXPECT_EQ(t->hidden(), base->hidden());
  EXPECT_EQ(t->visible(), base->visible());
  EXPECT_EQ(t->couplings(), base->couplings() + 3 * 70);
  EXPECT_EQ(t->description(), "local(2) x 2 layers + 3 labels");
  for (int i = 0; i < 70; ++i) {
    std::vector<std::int32_t> row(base->sources_of(i).begin(), base->sources_of(i).end());
    row.insert(row.end(), {70, 71, 72});
    EXPECT_TRUE(std::ranges::equal(t->sources_of(i), row));
  }
  for (int k = 0; k < 3; ++k) EXPECT_TRUE(t->sources_of(t->first_label() + k).empty());
  const std::vector<std::uint8_t> all(static_cast<std::size_t>(t->couplings()), 1);
  EXPECT_EQ(Topology::pruned(*t, all)->labels(), 3);

  EXPECT_THAT(error_of([&] { Topology::with_labels(*t, 1); }), HasSubstr("3 labels already"));
  EXPECT_THAT(error_of([&] { Topology::with_labels(*base, 0); }), HasSubstr("1 to 1000"));
  EXPECT_THAT(error_of([&] { Topology::with_labels(*base, 1001); }), HasSubstr("1 to 1000"));
  EXPECT_THAT(error_of([&] { Topology::with_random_links(*t, 1, 1); }), HasSubstr("labels"));
}

TEST(Topology, FromRowsTakesBackWhatATopologyGives) {
  for (const auto& t : test::sample_topologies()) {
    const auto again = Topology::from_rows(
        t->grid(), t->visible(), {t->row_begin().begin(), t->row_begin().end()},
        {t->sources().begin(), t->sources().end()}, t->description(), "test", t->labels());
    EXPECT_TRUE(std::ranges::equal(again->sources(), t->sources()));
    EXPECT_TRUE(std::ranges::equal(again->row_begin(), t->row_begin()));
    EXPECT_EQ(again->visible(), t->visible());
    EXPECT_EQ(again->description(), t->description());
  }
}

TEST(Topology, FromRowsNamesWhatIsWrong) {
  const auto message = [](int visible, std::vector<std::int64_t> row_begin,
                          std::vector<std::int32_t> sources) {
    return error_of([&] {
      Topology::from_rows({3, 1, 1}, visible, std::move(row_begin), std::move(sources), "rows",
                          "m.safetensors");
    });
  };
  EXPECT_THAT(message(2, {0, 1, 1}, {1}),
              AllOf(HasSubstr("m.safetensors"), HasSubstr("3 row ends"), HasSubstr("3 units")));
  EXPECT_THAT(message(0, {0, 0, 0, 0}, {}), HasSubstr("0 visible units; 1 to 3"));
  EXPECT_THAT(message(4, {0, 0, 0, 0}, {}), HasSubstr("4 visible units; 1 to 3"));
  EXPECT_THAT(message(2, {1, 1, 1, 1}, {1}), HasSubstr("run from 1 to 1, not from 0 to 1"));
  EXPECT_THAT(message(2, {0, 0, 0, 2}, {1}), HasSubstr("run from 0 to 2, not from 0 to 1"));
  EXPECT_THAT(message(2, {0, 1, 0, 1}, {1}), HasSubstr("row of unit 1 ends before"));
  EXPECT_THAT(message(2, {0, 9, 9, 1}, {1}), HasSubstr("row of unit 0 ends before"));
  EXPECT_THAT(message(2, {0, -9, 0, 1}, {1}), HasSubstr("row of unit 0 ends before"));
  EXPECT_THAT(message(2, {0, 1, 1, 1}, {3}), HasSubstr("listens to unit 3, but there are 3"));
  EXPECT_THAT(message(2, {0, 1, 1, 1}, {-1}), HasSubstr("listens to unit -1"));
  EXPECT_THAT(message(2, {0, 0, 1, 1}, {1}), HasSubstr("unit 1 listens to itself"));
  EXPECT_THAT(message(2, {0, 2, 2, 2}, {2, 1}), HasSubstr("sources of unit 0 are not ascending"));
  EXPECT_THAT(message(2, {0, 2, 2, 2}, {1, 1}), HasSubstr("sources of unit 0 are not ascending"));
}

TEST(Topology, FromRowsNamesWhatIsWrongWithLabels) {
  const auto message = [](int visible, std::vector<std::int64_t> row_begin,
                          std::vector<std::int32_t> sources, int labels) {
    return error_of([&] {
      Topology::from_rows({2, 1, 1}, visible, std::move(row_begin), std::move(sources), "rows",
                          "m.safetensors", labels);
    });
  };
  EXPECT_THAT(message(2, {0, 1, 1, 2}, {2, 0}, 1),
              AllOf(HasSubstr("m.safetensors: label oscillator 0 listens to unit 0")));
  EXPECT_THAT(message(3, {0, 1, 1, 1}, {2}, 1), HasSubstr("3 visible units; 1 to 2"));
  EXPECT_THAT(message(2, {0, 1, 1}, {1}, 1), HasSubstr("3 row ends for 3 units"));
  EXPECT_THAT(message(2, {0, 1, 1}, {1}, -1), HasSubstr("-1 labels"));
  EXPECT_THAT(message(2, {0, 1, 1}, {1}, 1001), HasSubstr("0 to 1000"));
}

TEST(Topology, ImpossibleSizesAreErrors) {
  EXPECT_THAT(error_of([] { Topology::all_to_all({0, 1, 1}, 1); }), HasSubstr("0 units"));
  EXPECT_THAT(error_of([] { Topology::local({4, 4, 0}, 1); }), HasSubstr("0 units"));
  EXPECT_THAT(error_of([] { Topology::local({4, 4, 1}, -1); }), HasSubstr("radius -1"));
  // Read-outs walk over units [0, visible): more would be read from beyond the state.
  EXPECT_THAT(error_of([] {
                Topology::all_to_all({4, 1, 1}, 5);
              }),
              HasSubstr("5 visible units; 1 to 4"));
  EXPECT_THAT(error_of([] {
                Topology::all_to_all({4, 1, 1}, 0);
              }),
              HasSubstr("0 visible units; 1 to 4"));
}

}  // namespace
}  // namespace phaseloom
