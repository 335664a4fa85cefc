// SPDX-License-Identifier: MIT
#include "app/jobs/training_snapshot.hpp"

#include <array>

namespace phaseloom {
std::string_view state_name(TrainingSnapshot::State state) {
  constexpr std::array<std::string_view, 6> names{"idle",   "loading",  "running",
                                                  "paused", "finished", "failed"};
  return names[static_cast<std::size_t>(state)];
}

}  // namespace phaseloom
