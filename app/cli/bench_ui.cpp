// SPDX-License-Identifier: MIT
#include "app/cli/bench.hpp"

#include <algorithm>
#include <string>

#include "engine/support/scratch_folder.hpp"

namespace phaseloom {

UiBench measure_ui(BenchScreen scene, int frames) {
  const FrameBench cost = measure_frames(frames, scene);
  return {cost.ui_ms_median, cost.ui_ms_worst,    cost.build_ms_median, cost.submit_ms_median,
          cost.frames,       cost.resident_start, cost.resident_tenth,  cost.resident_end};
}

UiCommandsBench measure_ui_commands() {
  const ScratchFolder folder = ScratchFolder::temporary("bench");
  const std::string name = folder.path().string();
  const auto costs = measure_commands(folder.path());
  const auto middle = costs[costs.size() / 2].worst_ms;  // sorted
  const auto& own = *std::ranges::max_element(costs, {}, &CommandCost::worst_own_ms);
  // Without the folder, which is another one each time.
  const auto bare = [&](std::string line) {
    if (const auto at = line.find(name); at != std::string::npos) line.erase(at, name.size() + 1);
    return line;
  };
  return {static_cast<int>(costs.size()), middle,           costs.front().worst_ms,
          bare(costs.front().line),       own.worst_own_ms, bare(own.line)};
}

UiTrainingBench measure_ui_training() {
  const UiTrainingCost cost = measure_ui_training_cost(8);
  return {cost.ui_ms_median,
          cost.ui_ms_worst,
          cost.frames_per_second,
          cost.frames_per_second_alone,
          cost.frame_ms_worst,
          cost.iterations_per_second,
          cost.iterations_per_second_alone};
}

}  // namespace phaseloom
