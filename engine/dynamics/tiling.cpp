// SPDX-License-Identifier: MIT
#include "engine/dynamics/tiling.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <tuple>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr unsigned kAll = (1u << kTileRows) - 1;
constexpr unsigned kUp[3] = {1, 3, 7};
constexpr unsigned kDown[3] = {14, 12, 8};

/// One source of a tile: which rows hear it, through which couplings.
struct Column {
  std::int32_t source;
  unsigned rows = 0;
  std::int32_t coupling[kTileRows];
};

struct Rows {
  std::vector<std::int64_t> begin;
  std::vector<std::int32_t> source;
  std::vector<std::int32_t> coupling;
};

/// Collects the tile's columns in ascending order of source.
void merge_rows(const Rows& rows, int first, int count, std::int32_t no_coupling,
                std::vector<Column>& columns) {
  std::int64_t at[kTileRows];
  for (int r = 0; r < count; ++r) at[r] = rows.begin[first + r];
  columns.clear();
  while (true) {
    std::int32_t next = std::numeric_limits<std::int32_t>::max();
    for (int r = 0; r < count; ++r)
      if (at[r] < rows.begin[first + r + 1]) next = std::min(next, rows.source[at[r]]);
    if (next == std::numeric_limits<std::int32_t>::max()) return;
    Column column{next, 0, {no_coupling, no_coupling, no_coupling, no_coupling}};
    for (int r = 0; r < count; ++r)
      if (at[r] < rows.begin[first + r + 1] && rows.source[at[r]] == next) {
        column.rows |= 1u << r;
        column.coupling[r] = rows.coupling[at[r]++];
      }
    // A unit does not hear itself: filling that hole with a zero keeps runs whole. The same goes
    // for one missing row of four.
    const int self = next - first;
    if (self >= 0 && self < count && std::popcount(column.rows) >= 2) column.rows |= 1u << self;
    if (std::popcount(column.rows) == kTileRows - 1 && column.rows != kUp[2] &&
        column.rows != kDown[0])
      column.rows = kAll;
    columns.push_back(column);
  }
}

class Packer {
 public:
  explicit Packer(Tiling& tiling) : t_(tiling) {}

  void tile(const std::vector<Column>& columns) {
    columns_ = &columns;
    Tile tile{};
    tile.run_begin = static_cast<std::int32_t>(t_.runs.size());
    tile.weight_begin = t_.packed();
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < columns.size();) i = run_from(i, left);
    tile.run_end = static_cast<std::int32_t>(t_.runs.size());
    for (int r = 0; r < kTileRows; ++r) {
      tile.single_begin[r] = static_cast<std::int32_t>(t_.singles.size());
      for (std::size_t i : left)
        if (columns[i].rows >> r & 1 && columns[i].coupling[r] != t_.couplings) {
          t_.singles.push_back(columns[i].source);
          t_.coupling.push_back(columns[i].coupling[r]);
        }
    }
    tile.single_begin[kTileRows] = static_cast<std::int32_t>(t_.singles.size());
    t_.tiles.push_back(tile);
  }

 private:
  bool matches(std::size_t i, const unsigned (&ramp)[3]) const {
    const auto& c = *columns_;
    for (std::size_t k = 0; k < 3; ++k)
      if (i + k >= c.size() || c[i + k].rows != ramp[k] ||
          c[i + k].source != c[i].source + static_cast<int>(k))
        return false;
    return true;
  }
  bool follows(std::size_t i) const {
    const auto& c = *columns_;
    return i < c.size() && (i == 0 || c[i].source == c[i - 1].source + 1);
  }

  /// Emits the run that begins at column i, or leaves the column for the singles; returns where to
  /// go on.
  std::size_t run_from(std::size_t i, std::vector<std::size_t>& left) {
    const auto& c = *columns_;
    Run run{c[i].source, 0, 0, 0};
    std::size_t end = i;
    if (matches(i, kUp)) {
      run.up = 1;
      end += 3;
    }
    while (end < c.size() && c[end].rows == kAll && (end == i || follows(end))) ++run.full, ++end;
    if (end < c.size() && matches(end, kDown) && (end == i || follows(end))) {
      run.down = 1;
      end += 3;
    }
    if (end == i) {
      left.push_back(i);
      return i + 1;
    }
    t_.runs.push_back(run);
    for (std::size_t k = i; k < end; ++k)
      for (int r = 0; r < kTileRows; ++r)
        if (c[k].rows >> r & 1) t_.coupling.push_back(c[k].coupling[r]);
    return end;
  }

  Tiling& t_;
  const std::vector<Column>* columns_ = nullptr;
};

Tiling build(const Rows& rows, const Topology& topology) {
  const int count = topology.units();
  Tiling t;
  t.rows = count;
  t.held_from = topology.first_label();
  t.couplings = topology.couplings();
  t.coupling.reserve(rows.source.size() + rows.source.size() / 16);
  Packer packer(t);
  std::vector<Column> columns;
  for (int first = 0; first < count; first += kTileRows) {
    merge_rows(rows, first, std::min(kTileRows, count - first),
               static_cast<std::int32_t>(t.couplings), columns);
    packer.tile(columns);
  }
  struct Ordered {
    std::int32_t source, tile, second;
    PlacedRun run;
  };
  std::vector<Ordered> order;
  for (std::size_t k = 0; k < t.tiles.size(); ++k) {
    std::int64_t position = t.tiles[k].weight_begin;
    const int begin = t.tiles[k].run_begin, runs = t.tiles[k].run_end - begin;
    const int half = (runs + 1) / 2;
    for (int r = 0; r < runs; ++r) {
      order.push_back({t.runs[begin + r % half].source,
                       static_cast<std::int32_t>(k),
                       r / half,
                       {begin + r, static_cast<std::int32_t>(k) * kTileRows, position}});
      position += t.runs[begin + r].weights();
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return std::tie(a.source, a.tile, a.second) < std::tie(b.source, b.tile, b.second);
  });
  for (const auto& o : order) t.by_source.push_back(o.run);
  return t;
}

void check(const Topology& topology) {
  if (topology.couplings() >= std::numeric_limits<std::int32_t>::max())
    fail("topology: {} couplings; the engine takes fewer than 2^31", topology.couplings());
}

}  // namespace

Tiling tile_forward(const Topology& topology) {
  check(topology);
  Rows rows;
  rows.begin.assign(topology.row_begin().begin(), topology.row_begin().end());
  rows.source.assign(topology.sources().begin(), topology.sources().end());
  rows.coupling.resize(rows.source.size());
  for (std::size_t e = 0; e < rows.coupling.size(); ++e)
    rows.coupling[e] = static_cast<std::int32_t>(e);
  return build(rows, topology);
}

Tiling tile_transposed(const Topology& topology) {
  check(topology);
  const int n = topology.units();
  Rows rows;
  rows.begin.assign(static_cast<std::size_t>(n) + 1, 0);
  for (auto j : topology.sources())
    if (j < topology.first_label()) ++rows.begin[j + 1];
  for (int j = 0; j < n; ++j) rows.begin[j + 1] += rows.begin[j];
  rows.source.resize(static_cast<std::size_t>(rows.begin[n]));
  rows.coupling.resize(rows.source.size());
  std::vector<std::int64_t> at(rows.begin.begin(), rows.begin.end() - 1);
  for (int i = 0; i < n; ++i)  // ascending targets keep every transposed row ascending
    for (auto e = topology.row_begin()[i]; e < topology.row_begin()[i + 1]; ++e) {
      if (topology.sources()[e] >= topology.first_label()) continue;
      const auto place = at[topology.sources()[e]]++;
      rows.source[place] = i;
      rows.coupling[place] = static_cast<std::int32_t>(e);
    }
  return build(rows, topology);
}

}  // namespace phaseloom
