// SPDX-License-Identifier: MIT
#include "engine/dynamics/lane_major.hpp"

#include <gmock/gmock.h>

namespace phaseloom {
namespace {

using ::testing::ElementsAre;

TEST(LaneMajor, EverySampleIsWhole) {
  const std::vector<float> states{10, 20, 30, 11, 21, 31};  // of two units in three lanes
  EXPECT_THAT(lane_major(states, 3), ElementsAre(10, 11, 20, 21, 30, 31));
  EXPECT_THAT(lane_major(states, 1), states) << "one lane is in order already";
  EXPECT_THAT(lane_major(states, 6), states) << "and so is one unit";
  EXPECT_THAT(lane_major({}, 4), ElementsAre());
}

}  // namespace
}  // namespace phaseloom
