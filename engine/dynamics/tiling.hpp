// SPDX-License-Identifier: MIT
#pragma once
// The order in which the kernels walk through the couplings.
//
// Rows (targets) are taken four at a time: a tile. While a source's vectors are in registers, they
// serve every row of the tile that listens to it. On a grid, four neighbours share most of their
// windows:
//
//     row 0   x x x x x x x . . .          sources  ->
//     row 1   . x x x x x x x . .
//     row 2   . . x x x x x x x .
//     row 3   . . . x x x x x x x
//             \_up_/ \ full /\down/
//
// so a run of consecutive sources is stored as an optional ramp up (1, 2, 3 rows), `full` sources
// heard by all four rows, and an optional ramp down: no multiplication is wasted. Whatever does not
// fit (random links, pruned networks) is stored row by row as single couplings.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/topology.hpp"

namespace phaseloom {

inline constexpr int kTileRows = 4;

struct Run {
  std::int32_t source;  ///< first source
  std::int32_t full;    ///< number of sources heard by all rows, after the ramp up if any
  std::int32_t up;      ///< 1: three sources heard by rows {0}, {0,1}, {0,1,2} come before
  std::int32_t down;    ///< 1: three sources heard by rows {1,2,3}, {2,3}, {3} come after
  int sources() const { return full + 3 * (up + down); }
  int weights() const { return kTileRows * full + 6 * (up + down); }
};

// In a tiling of pairs, sources come two at a time (2k, 2k + 1), and a pair is heard by all rows
// that hear one of them. What a run's fields mean then:
//
//   source  first pair
//   full    pairs heard by all rows
//   up      1: a pair heard by rows {0,1}
//           2: two, by {0} and {0,1,2}: the ramp begins at an odd source
//   down    1: a pair heard by rows {2,3}
//           2: two, by {1,2,3} and {3}
//
// and each place of the packed weights is two: those of the pair's sources, one of them maybe
// filled in.

struct Tile {
  std::int32_t run_begin, run_end;           ///< into Tiling::runs
  std::int32_t single_begin[kTileRows + 1];  ///< into Tiling::singles, row by row
  std::int64_t weight_begin;                 ///< into the packed weights
};

/// A run with its tile, for loops that visit runs in another order.
struct PlacedRun {
  std::int32_t run;
  std::int32_t first_row;
  std::int64_t weight_begin;
};

/// Couplings of a matrix with rows x rows entries in kernel order. Packed weights: for each tile
/// its runs (source by source, row by row), then its singles.
struct Tiling {
  bool pairs = false;  ///< see pair_sources
  int rows = 0;
  int held_from = 0;  ///< this row and those behind it are of label oscillators: their states stay
  std::int64_t couplings = 0;
  std::vector<Tile> tiles;
  std::vector<Run> runs;
  std::vector<std::int32_t> singles;  ///< source (or pair) of each single coupling
  /// All runs in the order of the weights' gradient, which wants what it reads in the nearest
  /// cache. Tiles that hear the same sources follow each other, by ascending source; a tile's runs
  /// are taken in pairs, one of the first half and one of the second (with two layers: the same
  /// window in each), so that the tile's own vectors are fetched once for both.
  std::vector<PlacedRun> by_source;
  /// Coupling (topology index) of each packed weight (two of each, if pairs); `couplings` for the
  /// few filled-in zeros.
  std::vector<std::int32_t> coupling;

  std::int64_t packed() const {
    return static_cast<std::int64_t>(coupling.size()) / (pairs ? 2 : 1);
  }
  /// Packed weights of the k-th tile.
  std::int64_t weights(std::size_t k) const {
    return (k + 1 < tiles.size() ? tiles[k + 1].weight_begin : packed()) - tiles[k].weight_begin;
  }
};

/// Rows are targets: field_i = sum_j W_ij y_j.
Tiling tile_forward(const Topology& topology);
/// Rows are sources: pulled_j = sum_i W_ij g_i. Those of label oscillators are empty: nobody asks
/// how a state that is held should change.
Tiling tile_transposed(const Topology& topology);
/// The same tiles and runs with their sources in pairs, for Kernels::pairs.
Tiling pair_sources(const Tiling& tiling);

}  // namespace phaseloom
