// SPDX-License-Identifier: MIT
#include "engine/transport/sliced.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

/// Projections beyond are taken for this far: far outside of what can be learned.
constexpr float kFarthest = 16;

/// Batcher's odd-even merge sort (1968): the same comparators for every input, so that all
/// directions are sorted side by side.
std::vector<std::pair<std::int32_t, std::int32_t>> odd_even_network(int n) {
  std::vector<std::pair<std::int32_t, std::int32_t>> network;
  for (int p = 1; p < n; p *= 2)
    for (int k = p; k >= 1; k /= 2)
      for (int j = k % p; j + k < n; j += 2 * k)
        for (int i = 0; i < std::min(k, n - j - k); ++i)
          if ((i + j) / (2 * p) == (i + j + k) / (2 * p)) network.emplace_back(i + j, i + j + k);
  return network;
}

}  // namespace

SlicedPoints::SlicedPoints(int points)
    : points_(points),
      network_(odd_even_network(points)),
      directions_(kSliceDirections),
      a_(static_cast<std::size_t>(points) * kSliceDirections),
      b_(a_.size()) {
  assert(std::has_single_bit(static_cast<unsigned>(points)));
}

void SlicedPoints::sort(std::span<const Point> set, AlignedVector<std::int32_t>& keys) {
  // A key is the projection in fixed point, and below it the point's number, which also settles
  // ties: one integer to compare, and the order is known.
  const float unit = static_cast<float>(INT32_MAX / points_) / kFarthest;
  for (int i = 0; i < points_; ++i)
    for (int d = 0; d < kSliceDirections; ++d) {
      const float p = set[i].x * directions_[d].x + set[i].y * directions_[d].y;
      // In this order what is no number is far away, too.
      const float held = std::max(-kFarthest, std::min(kFarthest, p)) * (unit * 0.999f);
      keys[static_cast<std::size_t>(i) * kSliceDirections + d] =
          static_cast<std::int32_t>(held) * points_ + i;
    }
  const SortJob job{network_.data(), network_.size(), keys.data(), kSliceDirections};
#if defined(__x86_64__)
  if (active_isa() >= Isa::avx512) return avx512::sort_columns(job);
  if (active_isa() == Isa::avx2) return avx2::sort_columns(job);
#endif
  baseline::sort_columns(job);
}

double SlicedPoints::pull(std::span<const Point> a, std::span<const Point> b, double angle,
                          std::span<Point> d_a) {
  assert(a.size() == std::size_t(points_) && b.size() == a.size() && d_a.size() == a.size());
  for (int d = 0; d < kSliceDirections; ++d) {
    const double turn = angle + std::numbers::pi * d / kSliceDirections;
    directions_[d] = {static_cast<float>(std::cos(turn)), static_cast<float>(std::sin(turn))};
  }
  sort(a, a_);
  sort(b, b_);
  std::ranges::fill(d_a, Point{});
  const float weight = 1.0f / static_cast<float>(kSliceDirections * points_);
  const std::int32_t mask = points_ - 1;
  double sum = 0;
  for (int r = 0; r < points_; ++r)
    for (int d = 0; d < kSliceDirections; ++d) {
      const std::size_t k = static_cast<std::size_t>(r) * kSliceDirections + d;
      const int i = a_[k] & mask, j = b_[k] & mask;
      const Point u = directions_[d];
      const float gap = (a[i].x - b[j].x) * u.x + (a[i].y - b[j].y) * u.y;
      sum += double{gap} * gap;
      d_a[i].x += 2 * weight * gap * u.x;
      d_a[i].y += 2 * weight * gap * u.y;
    }
  return sum * weight;
}

}  // namespace phaseloom
