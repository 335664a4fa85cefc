#include "app/cli/bench.hpp"
#include "app/ui/ui_cost.hpp"

namespace phaseloom {

UiBench measure_ui() {
  const UiCost cost = measure_ui_cost(300);
  return {cost.ui_ms_median, cost.ui_ms_worst};
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
