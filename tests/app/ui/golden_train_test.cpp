// SPDX-License-Identifier: MIT
// What the Train workspace looks like; each picture has its negative control, as in
// golden_test.cpp.

#include "app/commands/verbs.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"

namespace phaseloom {
namespace {

TEST(Golden, TrainBeforeTheFirstTraining) {
  Driver driver({1024, 640}, 1, test_training_options());
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "train_empty"));
  driver.key("1");
  EXPECT_FALSE(alike(driver.picture(), before)) << "Generate should be seen";
}

// Whatever workspace was seen first.
TEST(Golden, TrainAfterGenerate) {
  SessionOptions options = test_training_options();
  options.ui.workspace = Workspace::generate;
  Driver driver({1024, 640}, 1, std::move(options));
  driver.frames(3);
  driver.key("3");
  driver.frames(3);
  EXPECT_TRUE(matches_golden(driver.picture(), "train_empty"));
}

TEST(Golden, TrainRunning) {
  Driver driver({1024, 640}, 1, test_training_options());
  driver.click("start");
  driver.session->post(verbs::train_advance, 13);
  driver.move(-10, -10);
  driver.frames(60);  // the pictures have faded in
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "train_running"));
  driver.session->post(verbs::train_advance, 2);
  driver.frames(60);
  EXPECT_FALSE(alike(driver.picture(), before, {0.05, 0.001})) << "it should learn";
}

TEST(Golden, TrainFinishedInLight) {
  Driver driver({1440, 900}, 1, test_training_options());
  driver.session->post(verbs::theme, "light");
  driver.click("start");
  driver.session->post(verbs::train_advance, 1000);
  driver.move(-10, -10);
  driver.frames(60);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "train_light"));
  driver.click("start");
  EXPECT_FALSE(alike(driver.picture(), before)) << "a new training should be seen";
}

TEST(Golden, TrainWithoutItsDataSet) {
  SessionOptions options = test_training_options();
  options.training = test::training_without_pictures();
  Driver driver({1024, 640}, 1, std::move(options));
  const Picture empty = driver.picture();
  driver.click("start");
  driver.move(-10, -10);
  const Picture failed = driver.picture();
  EXPECT_TRUE(matches_golden(failed, "train_failed"));
  EXPECT_FALSE(alike(failed, empty)) << "the failure should be seen";
}

}  // namespace
}  // namespace phaseloom
