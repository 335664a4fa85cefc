// SPDX-License-Identifier: MIT
#pragma once
// Where prototypes come from.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/data/image_set.hpp"
#include "engine/thermo/thermo_training.hpp"

namespace phaseloom {

struct Prototypes {
  PictureShape shape;
  std::vector<Prototype> pictures;
};

/// What they are called, in their order.
std::vector<std::string> prototype_names(std::span<const Prototype> prototypes);

/// The first picture of each of these classes [WD]. Throws Error if a class is named twice or has
/// no picture.
Prototypes first_of_classes(const ImageSet& images, std::span<const int> classes);

/// All .png pictures of a folder by their names; colours become grey, the mean of the three. Throws
/// Error if there are none, or if they differ in size.
Prototypes prototypes_in(const std::filesystem::path& folder);

}  // namespace phaseloom
