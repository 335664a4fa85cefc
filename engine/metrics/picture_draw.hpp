// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "engine/data/image_set.hpp"

namespace phaseloom {

/// Numbers of `count` pictures drawn without repetition, a function of the seed. Not the first ones
/// nor every n-th one: data sets are put together from sources, in an order that such a choice may
/// not see all of.
std::vector<int> draw_pictures(const ImageSet& set, int count, std::uint64_t seed = 1);

/// Their pixels in [0, 1], [picture][pixel].
std::vector<float> unit_pixels_of(const ImageSet& set, const std::vector<int>& pictures);

}  // namespace phaseloom
