// SPDX-License-Identifier: MIT
#pragma once
// Which picture of a set is most like a generated one: the check against a model that has learnt
// its pictures by heart.

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/data/image_set.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

struct NearestPicture {
  int index = -1;       // in the set
  double distance = 0;  ///< L2 over pixels in [0, 1]
};

/// For each of queries [query][pixel], finite. As a matrix product over blocks of the set, on the
/// pool; the same for any number of threads. Where two pictures are equally far within rounding
/// (some 1e-4 of the squared distance) either may be named; the distance is that of the named one.
/// Throws Error when the set is empty. When a stop is asked for, the list is empty.
std::vector<NearestPicture> nearest_pictures(
    std::span<const float> queries, const ImageSet& set, ThreadPool& pool,
    const std::function<void(double fraction)>& progress = {}, std::stop_token stop = {});

/// Mean and least of the distances; of at least one.
struct NearestSummary {
  double mean = 0, least = 0;
};
NearestSummary summarise(std::span<const NearestPicture> nearest);

}  // namespace phaseloom
