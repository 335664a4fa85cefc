// SPDX-License-Identifier: MIT
#pragma once
// How much of what is generated could be real, and how much of what is real could be generated:
// precision and recall of two clouds of features by their nearest neighbours (Kynkaanniemi et al.
// 2019, "Improved precision and recall metric for assessing generative models").

#include <functional>
#include <span>
#include <stop_token>

#include "engine/support/parallel.hpp"

namespace phaseloom {

/// Shares in [0, 1].
struct PrecisionRecall {
  double precision = 0;  ///< of the generated pictures that lie on the real manifold
  double recall = 0;     ///< of the real ones that lie on the generated manifold
};

/// A manifold is the union of balls about its points, each as wide as the distance to the k-th
/// nearest of the others. Both numbers depend on how many points there are: take as many of each.
inline constexpr int kManifoldNeighbours = 3;

/// real [count][dimensions], generated alike; both hold more than kManifoldNeighbours vectors, all
/// finite, else Error. In single precision, as matrix products over blocks; the same bits for any
/// number of threads. When a stop is asked for, both are 0.
PrecisionRecall precision_recall(std::span<const float> real, std::span<const float> generated,
                                 int dimensions, ThreadPool& pool,
                                 const std::function<void(double fraction)>& progress = {},
                                 std::stop_token stop = {});

}  // namespace phaseloom
