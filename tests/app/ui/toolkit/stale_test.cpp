// SPDX-License-Identifier: MIT
// Pictures that were made with other settings are greyed and say so; what trains is seen.

#include "app/ui/toolkit/stale.hpp"

#include <gtest/gtest.h>

#include "app/commands/verbs.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"

namespace phaseloom {
namespace {

class StaleFlow : public testing::Test {
 protected:
  StaleFlow() {
    driver.click("workspace Transport");
    driver.session->post("set transport.iterations 20");
    driver.session->post("set transport.points 200");
    driver.session->post(verbs::transport_start);
    driver.session->post(verbs::transport_advance, 20);
    driver.session->post(verbs::flow_time, 1.0);
    driver.frames(2);
  }
  Driver driver;
};

TEST_F(StaleFlow, OtherSettingsGreyThePicture) {
  const Picture before = driver.picture();
  EXPECT_FALSE(driver.has("stale"));
  driver.drag("transport.chunks", 0.4f, 0.9f);
  driver.move(-10, -10);
  ASSERT_TRUE(driver.has("stale"));
  const Picture greyed = driver.picture();
  EXPECT_TRUE(matches_golden(greyed, "transport_stale"));
  EXPECT_FALSE(alike(greyed, before));
  driver.key("Ctrl+Z");
  driver.frames(2);
  EXPECT_FALSE(driver.has("stale")) << "these are its settings again";
}

TEST_F(StaleFlow, HowManyPointsAreSeenMakesNoOther) {
  driver.session->post("set transport.points 300");
  driver.frames(2);
  EXPECT_FALSE(driver.has("stale"));
}

TEST_F(StaleFlow, TrainingIsNeverHiddenByTheResults) {
  driver.click("results");
  ASSERT_TRUE(driver.session->ui().flow.results);
  driver.click("compare models");
  EXPECT_FALSE(driver.session->ui().flow.results);
  EXPECT_TRUE(driver.session->ui().flow.row);
  EXPECT_TRUE(driver.has("plane 3")) << "three planes are seen";
  driver.session->post(verbs::transport_stop);
  driver.session->post(verbs::flow_show, "results", "on");
  driver.frames(2);
  driver.key("T");
  EXPECT_FALSE(driver.session->ui().flow.results) << "the keyboard's training as well";
}

TEST_F(StaleFlow, AResultIsShownByAClick) {
  driver.click("results");
  driver.click("show result");
  EXPECT_FALSE(driver.session->ui().flow.results);
  EXPECT_FALSE(driver.session->transport()->active()) << "it is there already";
  driver.click("results");
  driver.session->post("set transport.chunks 2");
  driver.frames(2);
  driver.click("show result");
  EXPECT_FALSE(driver.session->ui().flow.results);
  EXPECT_TRUE(driver.session->transport()->active()) << "it has to be trained first";
}

TEST(StaleTraining, OtherSettingsGreyTheWall) {
  Driver driver({1024, 640}, 1, test_training_options());
  driver.session->post(verbs::train_start);
  driver.session->post(verbs::train_advance, 1000);
  driver.frames(60);
  const Picture before = driver.picture();
  EXPECT_FALSE(driver.has("stale"));
  driver.session->set("train.bits", 4);
  driver.frames(2);
  ASSERT_TRUE(driver.has("stale"));
  EXPECT_FALSE(alike(driver.picture(), before));
  driver.session->post(verbs::undo);
  driver.frames(2);
  EXPECT_FALSE(driver.has("stale"));
}

}  // namespace
}  // namespace phaseloom
