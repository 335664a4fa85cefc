// SPDX-License-Identifier: MIT
#include "engine/network/topology.hpp"

#include <algorithm>
#include <numeric>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

void check_size(std::int64_t units) {
  if (units < 1) fail("topology: {} units; at least 1 is needed", units);
}

}  // namespace

std::shared_ptr<const Topology> Topology::all_to_all(Grid grid, int visible) {
  const int n = grid.units();
  check_size(n);
  if (visible < 1 || visible > n)
    fail("topology: {} visible units; 1 to {} would be right", visible, n);
  auto t = std::shared_ptr<Topology>(new Topology);
  t->grid_ = grid;
  t->visible_ = visible;
  t->row_begin_.resize(static_cast<std::size_t>(n) + 1);
  t->sources_.reserve(static_cast<std::size_t>(n) * (n - 1));
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      if (j != i) t->sources_.push_back(j);
    t->row_begin_[i + 1] = static_cast<std::int64_t>(t->sources_.size());
  }
  t->description_ = "all_to_all";
  return t;
}

std::shared_ptr<const Topology> Topology::local(Grid grid, int radius, int channels) {
  check_size(grid.units());
  if (channels < 1 || channels > grid.layers)
    fail("topology: {} of {} layers cannot be visible", channels, grid.layers);
  if (radius < 0) fail("topology: radius {} is negative", radius);
  auto t = std::shared_ptr<Topology>(new Topology);
  t->grid_ = grid;
  t->visible_ = channels * grid.plane();
  t->row_begin_.reserve(static_cast<std::size_t>(grid.units()) + 1);
  for (int target = 0; target < grid.units(); ++target) {
    const int x = target % grid.width, y = target / grid.width % grid.height;
    for (int layer = 0; layer < grid.layers; ++layer)
      for (int sy = std::max(0, y - radius); sy <= std::min(grid.height - 1, y + radius); ++sy)
        for (int sx = std::max(0, x - radius); sx <= std::min(grid.width - 1, x + radius); ++sx) {
          const int source = (layer * grid.height + sy) * grid.width + sx;
          if (source != target) t->sources_.push_back(source);
        }
    t->row_begin_.push_back(static_cast<std::int64_t>(t->sources_.size()));
  }
  t->description_ =
      fmt::format("local({}) x {} layer{}", radius, grid.layers, grid.layers > 1 ? "s" : "");
  return t;
}

std::shared_ptr<const Topology> Topology::with_random_links(const Topology& base, int links,
                                                            std::uint64_t seed) {
  const int n = base.units();
  if (base.labels_ > 0) fail("topology: random links come first, then the labels");
  if (links < 0) fail("topology: {} random links per unit; at least 0 is needed", links);
  auto t = std::shared_ptr<Topology>(new Topology);
  t->grid_ = base.grid_;
  t->visible_ = base.visible_;
  std::vector<std::int32_t> row;
  for (int target = 0; target < n; ++target) {
    const auto old = base.sources_of(target);
    row.assign(old.begin(), old.end());
    const int room = n - 1 - static_cast<int>(row.size());
    if (links > room)
      fail("topology: {} random links per unit, but unit {} has room for {} only", links, target,
           room);
    RandomSequence random(seed, Stream::topology, static_cast<std::uint32_t>(target));
    for (int added = 0; added < links;) {
      const auto source = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(n)));
      const auto place = std::lower_bound(row.begin(), row.end(), source);
      if (source == target || (place != row.end() && *place == source)) continue;
      row.insert(place, source);
      ++added;
    }
    t->sources_.insert(t->sources_.end(), row.begin(), row.end());
    t->row_begin_.push_back(static_cast<std::int64_t>(t->sources_.size()));
  }
  t->description_ = fmt::format("{} + {} random", base.description_, links);
  return t;
}

std::shared_ptr<const Topology> Topology::with_labels(const Topology& base, int labels) {
  if (base.labels_ > 0) fail("topology: it has {} labels already", base.labels_);
  if (labels < 1 || labels > kMaxLabels)
    fail("topology: {} labels; 1 to {} would be right", labels, kMaxLabels);
  const int n = base.units();
  auto t = std::shared_ptr<Topology>(new Topology);
  t->grid_ = base.grid_;
  t->visible_ = base.visible_;
  t->labels_ = labels;
  t->sources_.reserve(base.sources_.size() + static_cast<std::size_t>(n) * labels);
  for (int target = 0; target < n + labels; ++target) {
    if (target < n) {
      const auto old = base.sources_of(target);
      t->sources_.insert(t->sources_.end(), old.begin(), old.end());
      for (int k = 0; k < labels; ++k) t->sources_.push_back(n + k);
    }
    t->row_begin_.push_back(static_cast<std::int64_t>(t->sources_.size()));
  }
  t->description_ =
      fmt::format("{} + {} label{}", base.description_, labels, labels > 1 ? "s" : "");
  return t;
}

std::shared_ptr<const Topology> Topology::pruned(const Topology& base,
                                                 std::span<const std::uint8_t> keep) {
  auto t = std::shared_ptr<Topology>(new Topology);
  t->grid_ = base.grid_;
  t->visible_ = base.visible_;
  t->labels_ = base.labels_;
  for (int target = 0; target < base.units(); ++target) {
    for (auto e = base.row_begin_[target]; e < base.row_begin_[target + 1]; ++e)
      if (keep[static_cast<std::size_t>(e)]) t->sources_.push_back(base.sources_[e]);
    t->row_begin_.push_back(static_cast<std::int64_t>(t->sources_.size()));
  }
  t->description_ = base.description_ + ", pruned";
  return t;
}

std::shared_ptr<const Topology> Topology::from_rows(Grid grid, int visible,
                                                    std::vector<std::int64_t> row_begin,
                                                    std::vector<std::int32_t> sources,
                                                    std::string description,
                                                    std::string_view source, int labels) {
  if (labels < 0 || labels > kMaxLabels)
    fail("{}: {} labels; 0 to {} would be right", source, labels, kMaxLabels);
  const int n = grid.units() + labels;
  if (grid.units() < 1 || row_begin.size() != static_cast<std::size_t>(n) + 1)
    fail("{}: {} row ends for {} units; units + 1 are needed", source, row_begin.size(), n);
  if (visible < 1 || visible > grid.units())
    fail("{}: {} visible units; 1 to {} would be right", source, visible, grid.units());
  if (row_begin.front() != 0 || row_begin.back() != static_cast<std::int64_t>(sources.size()))
    fail("{}: coupling rows run from {} to {}, not from 0 to {}", source, row_begin.front(),
         row_begin.back(), sources.size());
  for (int i = 0; i < n; ++i) {
    if (row_begin[i] > row_begin[i + 1] ||
        row_begin[i + 1] > static_cast<std::int64_t>(sources.size()))
      fail("{}: the coupling row of unit {} ends before it begins or after the last coupling",
           source, i);
    if (i >= grid.units() && row_begin[i] < row_begin[i + 1])
      fail("{}: label oscillator {} listens to unit {}; it must hold its state", source,
           i - grid.units(), sources[row_begin[i]]);
    for (auto e = row_begin[i]; e < row_begin[i + 1]; ++e) {
      const auto j = sources[e];
      if (j < 0 || j >= n)
        fail("{}: unit {} listens to unit {}, but there are {} units", source, i, j, n);
      if (j == i) fail("{}: unit {} listens to itself; self-couplings are not allowed", source, i);
      if (e > row_begin[i] && sources[e - 1] >= j)
        fail("{}: the sources of unit {} are not ascending", source, i);
    }
  }
  auto t = std::shared_ptr<Topology>(new Topology);
  t->grid_ = grid;
  t->visible_ = visible;
  t->labels_ = labels;
  t->row_begin_ = std::move(row_begin);
  t->sources_ = std::move(sources);
  t->description_ = std::move(description);
  return t;
}

std::int64_t Topology::find(int target, int source) const {
  const auto row = sources_of(target);
  const auto place = std::lower_bound(row.begin(), row.end(), source);
  return place != row.end() && *place == source ? row_begin_[target] + (place - row.begin()) : -1;
}

}  // namespace phaseloom
