// SPDX-License-Identifier: MIT
#pragma once
// Where a window keeps its unfinished training and the network that was not kept yet: a folder of
// its own, so that two windows that train do not take them from each other.

#include <filesystem>
#include <memory>
#include <string>

#include "engine/support/file_lock.hpp"

namespace phaseloom {

struct TrainingPlace {
  std::filesystem::path checkpoint;      ///< empty: nothing is kept
  std::shared_ptr<const FileLock> lock;  ///< the place is this window's as long as this lives
  std::string other;  ///< who has the usual place, if it is not this window: "process 123 (...)"
};

/// The first free one of `folder`, folder/window-2, folder/window-3, ...; rather one in which there
/// is a training to go on with. Nothing if `folder` is empty.
TrainingPlace find_training_place(const std::filesystem::path& folder);

}  // namespace phaseloom
