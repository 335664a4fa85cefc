// SPDX-License-Identifier: MIT
#pragma once
// The squared Wasserstein-2 distance between two sets of points of the plane, exactly: an optimal
// assignment, by the network simplex method of the LEMON library.

#include <span>
#include <vector>

#include "engine/support/point.hpp"

namespace phaseloom {

/// match[i] = index of b that a[i] goes to, so that the sum of squared distances is least.
/// a.size() == b.size(); coordinates finite. 2,000 points take half a second and 200 MB.
std::vector<int> optimal_assignment(std::span<const Point> a, std::span<const Point> b);

/// Mean squared distance under the optimal assignment; infinite if a coordinate is not finite.
double w2_squared(std::span<const Point> a, std::span<const Point> b);

}  // namespace phaseloom
