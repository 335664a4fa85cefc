#include "app/cli/bench.hpp"
#include "app/ui/ui_cost.hpp"

namespace phaseloom {

UiBench measure_ui() {
  const UiCost cost = measure_ui_cost(300);
  return {cost.ui_ms_median, cost.ui_ms_worst};
}

}  // namespace phaseloom
