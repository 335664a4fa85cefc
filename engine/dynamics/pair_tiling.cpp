// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engine/dynamics/tiling.hpp"

namespace phaseloom {
namespace {

/// One source of a run.
struct Slot {
  unsigned rows = 0;  // that hear it
  std::array<std::int32_t, kTileRows> coupling;
};

class Pairer {
 public:
  explicit Pairer(const Tiling& from) : from_(from) {
    to_.pairs = true;
    to_.rows = from.rows;
    to_.held_from = from.held_from;
    to_.couplings = from.couplings;
  }

  Tiling pair() {
    std::vector<std::int64_t> begins;
    for (const Tile& tile : from_.tiles) {
      Tile paired = tile;
      paired.weight_begin = to_.packed();
      const std::int32_t* coupling = from_.coupling.data() + tile.weight_begin;
      for (int r = tile.run_begin; r < tile.run_end; ++r) {
        begins.push_back(to_.packed());
        coupling = run(from_.runs[static_cast<std::size_t>(r)], coupling);
      }
      for (int r = 0; r < kTileRows; ++r) {
        paired.single_begin[r] = static_cast<std::int32_t>(to_.singles.size());
        coupling = singles(tile.single_begin[r], tile.single_begin[r + 1], coupling);
      }
      paired.single_begin[kTileRows] = static_cast<std::int32_t>(to_.singles.size());
      to_.tiles.push_back(paired);
    }
    for (PlacedRun placed : from_.by_source) {
      placed.weight_begin = begins[static_cast<std::size_t>(placed.run)];
      to_.by_source.push_back(placed);
    }
    return std::move(to_);
  }

 private:
  std::int32_t none() const { return static_cast<std::int32_t>(from_.couplings); }

  const std::int32_t* slot(unsigned rows, const std::int32_t* coupling) {
    Slot& s = slots_.emplace_back();
    s.rows = rows;
    for (unsigned r = 0; r < kTileRows; ++r) s.coupling[r] = rows >> r & 1 ? *coupling++ : none();
    return coupling;
  }
  bool is(std::size_t i, unsigned first, unsigned second) const {
    return i + 1 < slots_.size() && slots_[i].rows == first && slots_[i + 1].rows == second;
  }

  const std::int32_t* run(const Run& run, const std::int32_t* coupling) {
    slots_.clear();
    if (run.source % 2) slot(0, coupling);
    if (run.up)
      for (unsigned rows : {1u, 3u, 7u}) coupling = slot(rows, coupling);
    for (int k = 0; k < run.full; ++k) coupling = slot(15, coupling);
    if (run.down)
      for (unsigned rows : {14u, 12u, 8u}) coupling = slot(rows, coupling);
    if (slots_.size() % 2) slot(0, coupling);

    Run paired{run.source / 2, 0, 0, 0};
    const std::size_t n = slots_.size();
    if (is(0, 1, 3)) paired.up = 1;
    if (is(0, 0, 1) && is(2, 3, 7)) paired.up = 2;
    const std::size_t rest = n - 2 * static_cast<std::size_t>(paired.up);
    if (rest >= 2 && is(n - 2, 12, 8)) paired.down = 1;
    if (rest >= 4 && is(n - 4, 14, 12) && is(n - 2, 8, 0)) paired.down = 2;
    paired.full = static_cast<std::int32_t>(n / 2) - paired.up - paired.down;
    for (std::size_t i = 0; i < n; i += 2) {
      const auto k = static_cast<std::int32_t>(i / 2);
      const bool full = k >= paired.up && k < paired.up + paired.full;
      const unsigned rows = full ? 15 : slots_[i].rows | slots_[i + 1].rows;
      for (unsigned r = 0; r < kTileRows; ++r)
        if (rows >> r & 1) push(slots_[i].coupling[r], slots_[i + 1].coupling[r]);
    }
    to_.runs.push_back(paired);
    return coupling;
  }

  /// The singles [begin, end) of one row, in ascending order.
  const std::int32_t* singles(int begin, int end, const std::int32_t* coupling) {
    for (int k = begin; k < end; ++k) {
      const std::int32_t source = from_.singles[static_cast<std::size_t>(k)];
      to_.singles.push_back(source / 2);
      if (source % 2) {
        push(none(), *coupling++);
      } else if (k + 1 < end && from_.singles[static_cast<std::size_t>(k) + 1] == source + 1) {
        push(coupling[0], coupling[1]);
        coupling += 2;
        ++k;
      } else {
        push(*coupling++, none());
      }
    }
    return coupling;
  }

  void push(std::int32_t first, std::int32_t second) {
    to_.coupling.push_back(first);
    to_.coupling.push_back(second);
  }

  const Tiling& from_;
  Tiling to_;
  std::vector<Slot> slots_;
};

}  // namespace

Tiling pair_sources(const Tiling& tiling) { return Pairer(tiling).pair(); }

}  // namespace phaseloom
