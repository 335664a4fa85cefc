// SPDX-License-Identifier: MIT
#pragma once
// The sliced Wasserstein-2 distance between two sets of points of the plane, and its gradient.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/support/aligned.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/point.hpp"

namespace phaseloom {

/// Random directions per step (*).
inline constexpr int kSliceDirections = 64;

/// Mean over directions of the squared Wasserstein-2 distance of the projections,
/// 1/(D n) sum_d sum_r (a_(r) . u_d - b_(r) . u_d)^2 with (r) the rank along u_d. Directions are
/// evenly spaced over the half circle, turned by a random angle of (seed, iteration): that is
/// unbiased, and scatters less than independent ones (*).
class SlicedPoints {
 public:
  /// Sets of `points` each, a power of two.
  explicit SlicedPoints(int points);

  /// The distance; d_a: its gradient with respect to `a`, assigned.
  double pull(std::span<const Point> a, std::span<const Point> b, double angle,
              std::span<Point> d_a);

 private:
  void sort(std::span<const Point> set, AlignedVector<std::int32_t>& keys);

  int points_;
  std::vector<std::pair<std::int32_t, std::int32_t>> network_;
  std::vector<Point> directions_;
  AlignedVector<std::int32_t> a_, b_;  // [rank][direction]
};

/// Sorts 'lanes' columns of keys[row][lane] at once by a network of comparators (low row, high
/// row).
struct SortJob {
  const std::pair<std::int32_t, std::int32_t>* network;
  std::size_t comparators;
  std::int32_t* keys;
  int lanes;
};
PHASELOOM_DECLARE_PER_ISA(void sort_columns(const SortJob& job))

}  // namespace phaseloom
