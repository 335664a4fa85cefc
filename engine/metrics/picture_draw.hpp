#pragma once

#include <cstdint>
#include <vector>

#include "engine/data/image_set.hpp"

namespace phaseloom {

/// Numbers of `count` pictures drawn without repetition, a function of the seed. Neither the first
/// ones nor every n-th one would do: the MNIST training set alternates between its two sources, so
/// that an even stride sees only one of them (distance 24 to 31 instead of 5).
std::vector<int> draw_pictures(const ImageSet& set, int count, std::uint64_t seed = 1);

/// Their pixels in [0, 1], [picture][pixel].
std::vector<float> unit_pixels_of(const ImageSet& set, const std::vector<int>& pictures);

}  // namespace phaseloom
