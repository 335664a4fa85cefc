// SPDX-License-Identifier: MIT
#pragma once
// Where a training in the background gets its things from.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "engine/data/image_set.hpp"

namespace phaseloom {

struct TrainingJobOptions {
  /// Pictures to learn from; throws Error saying how to get them. Empty: load_image_set().
  std::function<ImageSet(const std::string& name, Split split)> images;
  /// @param folder that alone may hold them, if it is given
  ImageSet load(const std::string& name, Split split,
                const std::optional<std::filesystem::path>& folder = std::nullopt) const {
    return images ? images(name, split) : load_image_set(name, split, folder);
  }
  int pictures = 100;  ///< samples in a snapshot
  /// Where a training is remembered that is stopped or cut off, to go on with; empty: nowhere.
  std::filesystem::path checkpoint;
};

}  // namespace phaseloom
