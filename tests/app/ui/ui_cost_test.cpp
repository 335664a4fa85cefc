#include "app/ui/ui_cost.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

TEST(UiCost, AFrameLeavesTheWindowThreadFree) {
  const UiCost cost = measure_ui_cost(40);
  EXPECT_EQ(cost.frames, 40);
  EXPECT_GT(cost.build_ms_median, 0);
  EXPECT_GE(cost.ui_ms_worst, cost.ui_ms_median);
  RecordProperty("ui_us_median", static_cast<int>(1000 * cost.ui_ms_median));
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(cost.ui_ms_median, 4) << "build " << cost.build_ms_median << " submit "
                                  << cost.submit_ms_median;
#endif
}

}  // namespace
}  // namespace phaseloom
