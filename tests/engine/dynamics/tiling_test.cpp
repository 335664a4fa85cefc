// SPDX-License-Identifier: MIT
#include "engine/dynamics/tiling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "tests/engine/dynamics/networks.hpp"

namespace phaseloom {
namespace {

using Topologies = std::vector<std::shared_ptr<const Topology>>;

std::shared_ptr<const Topology> pruned(const Topology& base, double density) {
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(base.couplings()));
  RandomSequence random(11, Stream::pruning);
  for (auto& k : keep) k = random.uniform() < density;
  return Topology::pruned(base, keep);
}

/// Every kind of row: whole windows, clipped ones, single couplings, none at all; unit counts of
/// every remainder modulo the tile's height.
Topologies many_topologies() {
  Topologies all = test::sample_topologies();
  for (const Grid grid : {Grid{7, 5, 1}, Grid{7, 5, 2}, Grid{9, 6, 1}, Grid{12, 9, 2},
                          Grid{3, 3, 3}, Grid{5, 1, 1}, Grid{1, 1, 1}, Grid{2, 1, 1}})
    for (int radius = 0; radius <= 4; ++radius) all.push_back(Topology::local(grid, radius));
  for (int n : {1, 2, 3, 4, 5, 6, 7, 8, 9, 31})
    all.push_back(Topology::all_to_all({n, 1, 1}, (n + 1) / 2));
  for (int links : {1, 5, 20})
    all.push_back(Topology::with_random_links(*Topology::local({7, 5, 1}, 1), links, 3));
  all.push_back(Topology::with_random_links(*Topology::local({6, 5, 1}, 0), 2, 4));
  for (double density : {0.0, 0.02, 0.1, 0.5, 0.9, 0.99}) {
    all.push_back(pruned(*Topology::local({12, 6, 2}, 3), density));
    all.push_back(pruned(*Topology::all_to_all({30, 1, 1}, 7), density));
  }
  for (int labels : {1, 3, 10}) {
    all.push_back(Topology::with_labels(*Topology::local({7, 5, 2}, 2), labels));
    all.push_back(Topology::with_labels(*Topology::local({8, 4, 1}, 1), labels));
  }
  // Rows 0, 2 and 5 hear nothing.
  all.push_back(Topology::from_rows({6, 1, 1}, 3, {0, 0, 2, 2, 5, 6, 6}, {0, 5, 0, 1, 5, 2},
                                    "empty rows", "test"));
  return all;
}

/// Where a packed weight is used: field[row] += weight * y[source].
struct Position {
  int row, source;
};

/// The same for a tiling of pairs: two positions for every packed weight.
std::vector<Position> unpack_pairs(const Tiling& t) {
  std::vector<Position> out;
  const std::vector<unsigned> ups[] = {{}, {3}, {1, 7}}, downs[] = {{}, {12}, {14, 8}};
  const auto push = [&](int row, int pair) {
    out.push_back({row, 2 * pair});
    out.push_back({row, 2 * pair + 1});
  };
  for (std::size_t k = 0; k < t.tiles.size(); ++k) {
    const Tile& tile = t.tiles[k];
    const int first = static_cast<int>(k) * kTileRows;
    EXPECT_EQ(2 * tile.weight_begin, static_cast<std::int64_t>(out.size())) << "tile " << k;
    for (int r = tile.run_begin; r < tile.run_end; ++r) {
      const Run& run = t.runs[static_cast<std::size_t>(r)];
      std::vector<unsigned> heard = ups[run.up];
      heard.insert(heard.end(), static_cast<std::size_t>(run.full), 15);
      heard.insert(heard.end(), downs[run.down].begin(), downs[run.down].end());
      for (std::size_t s = 0; s < heard.size(); ++s)
        for (int row = 0; row < kTileRows; ++row)
          if (heard[s] >> row & 1) push(first + row, run.source + static_cast<int>(s));
    }
    for (int row = 0; row < kTileRows; ++row)
      for (int s = tile.single_begin[row]; s < tile.single_begin[row + 1]; ++s)
        push(first + row, t.singles[static_cast<std::size_t>(s)]);
  }
  EXPECT_EQ(static_cast<std::int64_t>(out.size()), 2 * t.packed());
  return out;
}

/// Reads the tiles the way tiling.hpp describes them, without the kernels' short cuts.
std::vector<Position> unpack(const Tiling& t) {
  std::vector<Position> out;
  constexpr unsigned up[] = {1, 3, 7}, down[] = {14, 12, 8};
  for (std::size_t k = 0; k < t.tiles.size(); ++k) {
    const Tile& tile = t.tiles[k];
    const int first = static_cast<int>(k) * kTileRows;
    EXPECT_EQ(tile.weight_begin, static_cast<std::int64_t>(out.size())) << "tile " << k;
    for (int r = tile.run_begin; r < tile.run_end; ++r) {
      const Run& run = t.runs[r];
      const auto before = out.size();
      for (int s = 0; s < run.sources(); ++s) {
        const int after_up = s - 3 * run.up;
        const unsigned rows = after_up < 0           ? up[s]
                              : after_up >= run.full ? down[after_up - run.full]
                                                     : 15;
        for (int row = 0; row < kTileRows; ++row)
          if (rows >> row & 1) out.push_back({first + row, run.source + s});
      }
      EXPECT_EQ(out.size() - before, static_cast<std::size_t>(run.weights()));
    }
    for (int row = 0; row < kTileRows; ++row)
      for (int s = tile.single_begin[row]; s < tile.single_begin[row + 1]; ++s)
        out.push_back({first + row, t.singles[s]});
  }
  EXPECT_EQ(static_cast<std::int64_t>(out.size()), t.packed());
  return out;
}

std::int64_t filled(const Tiling& t) {
  return std::ranges::count(t.coupling, static_cast<std::int32_t>(t.couplings));
}

std::vector<int> targets(const Topology& topology) {
  std::vector<int> out;
  for (int i = 0; i < topology.units(); ++i)
    out.insert(out.end(), topology.sources_of(i).size(), i);
  return out;
}

void expect_complete(const Tiling& t, const Topology& topology, bool transposed) {
  ASSERT_EQ(t.rows, topology.units());
  ASSERT_EQ(t.couplings, topology.couplings());
  ASSERT_EQ(t.tiles.size(), static_cast<std::size_t>((t.rows + kTileRows - 1) / kTileRows));
  const auto positions = t.pairs ? unpack_pairs(t) : unpack(t);
  ASSERT_EQ(positions.size(), t.coupling.size());
  const auto target = targets(topology);
  std::vector<int> times(static_cast<std::size_t>(t.couplings), 0);
  std::set<std::pair<int, int>> used;
  for (std::size_t p = 0; p < positions.size(); ++p) {
    const auto [row, source] = positions[p];
    if (t.pairs && t.coupling[p] == t.couplings) continue;  // half a pair may be no unit at all
    ASSERT_TRUE(row >= 0 && row < t.rows && source >= 0 && source < t.rows) << "position " << p;
    ASSERT_TRUE(used.emplace(row, source).second) << row << " <- " << source << " twice";
    const int to = transposed ? source : row, from = transposed ? row : source;
    const auto e = t.coupling[p];
    if (e == t.couplings) {  // marked as filled: there must be nothing here
      ASSERT_EQ(topology.find(to, from), -1) << to << " <- " << from;
      continue;
    }
    ASSERT_TRUE(e >= 0 && e < t.couplings);
    ++times[static_cast<std::size_t>(e)];
    ASSERT_EQ(target[static_cast<std::size_t>(e)], to);
    ASSERT_EQ(topology.sources()[static_cast<std::size_t>(e)], from);
  }
  for (std::size_t e = 0; e < times.size(); ++e) {
    const bool unused = transposed && topology.sources()[e] >= topology.first_label();
    ASSERT_EQ(times[e], unused ? 0 : 1) << "coupling " << e;
  }

  // By source: every run once, at its own place.
  ASSERT_EQ(t.by_source.size(), t.runs.size());
  std::vector<bool> seen(t.runs.size(), false);
  for (const PlacedRun& placed : t.by_source) {
    const auto run = static_cast<std::size_t>(placed.run);
    ASSERT_FALSE(seen[run]);
    seen[run] = true;
    const Run& r = t.runs[run];
    const int places = t.pairs ? 2 : 1;
    const auto& first = positions[static_cast<std::size_t>(placed.weight_begin * places)];
    const int rows_before = r.up || r.full ? 0 : t.pairs && r.down == 1 ? 2 : 1;
    ASSERT_EQ(first.row, placed.first_row + rows_before);
    ASSERT_EQ(first.source, r.source * places);
  }
}

TEST(Tiling, PacksEveryCouplingOnce) {
  for (const auto& topology : many_topologies()) {
    SCOPED_TRACE(topology->description() + ", " + std::to_string(topology->units()) + " units");
    {
      SCOPED_TRACE("forward");
      expect_complete(tile_forward(*topology), *topology, false);
    }
    {
      SCOPED_TRACE("transposed");
      expect_complete(tile_transposed(*topology), *topology, true);
    }
    {
      SCOPED_TRACE("in pairs");
      expect_complete(pair_sources(tile_forward(*topology)), *topology, false);
      expect_complete(pair_sources(tile_transposed(*topology)), *topology, true);
    }
    if (HasFatalFailure()) return;
  }
}

// A position is filled either to complete three of four rows, or because a unit does not hear
// itself. So no more than one in three, and two for each unit (its own hole, and then the fourth
// row).
TEST(Tiling, FillsLittleForAnyTopology) {
  for (const auto& topology : many_topologies())
    for (const Tiling& t : {tile_forward(*topology), tile_transposed(*topology)})
      EXPECT_LE(filled(t), t.couplings / 3 + 2 * t.rows) << topology->description();
}

// On a grid whose width is a multiple of the tile's height the only holes are the units themselves.
TEST(Tiling, FillsOnlyTheDiagonalOfGridsOfMatchingWidth) {
  for (const Grid grid : {Grid{8, 5, 1}, Grid{12, 9, 2}, Grid{28, 28, 2}})
    for (int radius = 0; radius <= 4; ++radius) {
      const auto topology = Topology::local(grid, radius);
      for (const Tiling& t : {tile_forward(*topology), tile_transposed(*topology)})
        EXPECT_LE(filled(t), t.rows) << topology->description() << ", width " << grid.width;
    }
}

// What tiling.hpp promises for the windows that images are made with: ramps and full columns hold
// everything, so every source vector is loaded once per tile.
TEST(Tiling, WindowsOfRadiusThreeNeedNoSingleCouplings) {
  for (int radius : {3, 4}) {
    const auto topology = Topology::local({28, 28, 2}, radius);
    for (const Tiling& t : {tile_forward(*topology), tile_transposed(*topology)})
      EXPECT_TRUE(t.singles.empty()) << "radius " << radius << ": " << t.singles.size();
  }
}

// Label oscillators are the last sources of every row: one more run in each tile.
TEST(Tiling, LabelsAreOneRunOfEveryTile) {
  const auto base = Topology::local({28, 28, 2}, 3);
  const Tiling without = tile_forward(*base);
  const Tiling with = tile_forward(*Topology::with_labels(*base, 10));
  EXPECT_TRUE(with.singles.empty());
  // Where the window ends with the last unit of the grid, they lengthen its run.
  EXPECT_LE(with.runs.size(), without.runs.size() + 1568 / kTileRows);
  EXPECT_EQ(with.packed(), without.packed() + 15680);
}

// Two sources at a time are worth it only if few places stay half empty: of the windows that images
// are made with, not one in six, wherever they begin.
TEST(Tiling, PairsLeaveFewHalvesEmpty) {
  for (int radius : {3, 4}) {
    const auto topology = Topology::local({28, 28, 2}, radius);
    for (const Tiling& t : {tile_forward(*topology), tile_transposed(*topology)}) {
      const Tiling pairs = pair_sources(t);
      EXPECT_TRUE(pairs.singles.empty());
      EXPECT_LT(filled(pairs), 2 * pairs.packed() / 6) << "radius " << radius;
    }
  }
}

TEST(Tiling, DenseNetworksAreWholeRuns) {
  const Tiling t = tile_forward(*Topology::all_to_all({32, 1, 1}, 32));
  EXPECT_EQ(t.runs.size(), t.tiles.size());
  EXPECT_TRUE(t.singles.empty());
  EXPECT_EQ(t.packed(), 32 * 32);
}

TEST(Tiling, NoCouplingsMakeEmptyTiles) {
  const Tiling t = tile_forward(*Topology::local({7, 1, 1}, 0));
  EXPECT_EQ(t.tiles.size(), 2u);
  EXPECT_EQ(t.packed(), 0);
  EXPECT_TRUE(t.runs.empty() && t.singles.empty() && t.by_source.empty());
}

}  // namespace
}  // namespace phaseloom
