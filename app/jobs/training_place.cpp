// SPDX-License-Identifier: MIT
#include "app/jobs/training_place.hpp"

#include <fmt/format.h>

#include <system_error>

namespace phaseloom {

namespace fs = std::filesystem;

TrainingPlace find_training_place(const fs::path& folder) {
  constexpr int kMost = 100;
  if (folder.empty()) return {};
  TrainingPlace found;
  std::string other;
  for (int i = 1; i <= kMost; ++i) {
    const fs::path place = i == 1 ? folder : folder / fmt::format("window-{}", i);
    std::error_code ignored;  // what cannot be made or locked cannot be written either, and says so
    const bool is_new = fs::create_directories(place, ignored);
    const fs::path checkpoint = place / "training.checkpoint";
    auto lock = std::make_shared<const FileLock>(checkpoint, "the Phaseloom window");
    if (i == 1) other = lock->holder();
    if (!lock->held()) continue;
    const bool to_go_on = fs::exists(checkpoint, ignored);
    if (!found.lock || to_go_on) found = {checkpoint, std::move(lock), i == 1 ? "" : other};
    // Places are made one after the other: behind a new one there are none.
    if (to_go_on || is_new || !fs::exists(folder / fmt::format("window-{}", i + 1), ignored)) break;
  }
  return found;
}

}  // namespace phaseloom
