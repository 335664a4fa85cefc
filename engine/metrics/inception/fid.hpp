// SPDX-License-Identifier: MIT
#pragma once
// The Frechet inception distance (Heusel et al., NeurIPS 2017): the Frechet distance in the space
// of Inception-v3's pooled features.

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/metrics/inception/network.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// Features [picture][kInceptionFeatures] of pictures [picture][height][width], values clipped to
/// [0, 1]. One picture is one item of work: the same bits for any number of threads. `progress`
/// gets the number done. Empty when a stop was asked for.
std::vector<float> inception_features(const InceptionNetwork& network,
                                      std::span<const float> pictures, int width, int height,
                                      ThreadPool& pool,
                                      const std::function<void(int done)>& progress = {},
                                      std::stop_token stop = {});

}  // namespace phaseloom
