// SPDX-License-Identifier: MIT
// The energy-quality trail on the stage: by mouse and by keyboard.

#include <gtest/gtest.h>

#include "app/commands/verbs.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"

namespace phaseloom {
namespace {

class TrailStage : public testing::Test {
 protected:
  TrailStage() {
    driver.session->post(verbs::section, "trail", "open");
    for (const int bits : {0, 4, 2}) {
      driver.session->set("hardware.bits", bits);
      driver.session->post(verbs::measure);
    }
    driver.frames(2);
  }
  Driver driver{{1280, 900}, 1, test_quality_options()};
};

TEST_F(TrailStage, TakesTheWallsPlaceAndGivesItBack) {
  ASSERT_TRUE(driver.has("wall"));
  driver.click("enlarge trail");
  EXPECT_FALSE(driver.has("wall"));
  ASSERT_TRUE(driver.has("trail stage"));
  driver.click("trail wall");
  EXPECT_TRUE(driver.has("wall"));
  driver.session->post("trail.show on");
  driver.frames(2);
  EXPECT_TRUE(driver.has("trail stage"));
}

TEST_F(TrailStage, ALimitIsDraggedAndAnswered) {
  driver.click("enlarge trail");
  const Box handle = driver.place("trail limit");
  const float x = handle.min.x + 8;
  driver.drag(x, handle.min.y + 8, x, handle.max.y - 8);
  EXPECT_GT(driver.scene().limit, 0);
  const double strict = driver.scene().limit;
  EXPECT_EQ(fewest_within(driver.session->trail(), strict), nullptr) << strict;
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().limit, 0) << "a drag is one entry of undo";
  driver.session->set("trail.limit", 1000.0);  // any setting will do: that of fewest bits
  driver.session->set("hardware.bits", 0);
  driver.frames(2);
  driver.click("trail take");
  EXPECT_EQ(driver.scene().hardware.bits, 2);
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().hardware.bits, 0);
}

TEST_F(TrailStage, ByKeyboard) {
  driver.click("enlarge trail");
  const auto& focus = driver.laboratory->transient().focus;
  const Box handle = driver.place("trail limit");
  const Point middle{(handle.min.x + handle.max.x) / 2, (handle.min.y + handle.max.y) / 2};
  for (int i = 0; i < 80 && !(focus.on && focus.box.contains(middle)); ++i) driver.key("Tab");
  ASSERT_TRUE(focus.on && focus.box.contains(middle));
  driver.key("PageDown");
  const double limit = driver.scene().limit;
  EXPECT_GT(limit, 0);
  driver.key("Down");
  EXPECT_LT(driver.scene().limit, limit);
  driver.key("Home");
  EXPECT_EQ(driver.scene().limit, 0);
}

TEST_F(TrailStage, RepeatsGiveErrorBars) {
  driver.click("enlarge trail");
  const std::int64_t number = driver.session->trail().dots().back().number;
  EXPECT_EQ(driver.session->trail().dot(number).repeats.size(), 1u);
  driver.click("trail repeat");
  EXPECT_EQ(driver.session->trail().dot(number).repeats.size(), 4u);
  EXPECT_GT(driver.session->trail().dot(number).spread(), 0);
}

TEST_F(TrailStage, ADotIsClickedThere) {
  driver.click("enlarge trail");
  driver.click("trail dot 2");
  EXPECT_EQ(driver.scene().hardware.bits, 4);
}

TEST_F(TrailStage, Looks) {
  driver.session->post("trail.repeat 2");
  driver.session->post("trail.show on");
  driver.session->set("trail.limit", 2.0);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "trail_stage"));
  driver.session->set("trail.limit", 0.0);
  EXPECT_FALSE(alike(driver.picture(), before, {0.05, 0.001})) << "the limit should be seen";
}

}  // namespace
}  // namespace phaseloom
