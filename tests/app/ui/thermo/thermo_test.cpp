// SPDX-License-Identifier: MIT
// The Thermo workspace under a hand: what is clicked, dragged and typed there.

#include "app/ui/thermo/thermo.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"

namespace phaseloom {
namespace {

Driver thermo_driver(Extent extent = {1024, 640}) {
  return Driver(extent, 1, test::thermo_options());
}
const ThermoPart& part(Driver& driver) { return driver.session->part<ThermoPart>(); }
ThermoView& view(Driver& driver) { return driver.session->ui().thermo; }

TEST(Thermo, Golden) {
  Driver driver = thermo_driver();
  driver.session->post("heat.time 0.6");
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "thermo"));
  driver.session->post("heat.time 0");
  driver.frames();
  EXPECT_FALSE(alike(driver.picture(), before)) << "noise should be seen";
}

TEST(Thermo, GoldenOfATraining) {
  Driver driver = thermo_driver({1280, 1000});
  driver.click("thermo train");
  driver.session->post("thermo.advance 3");
  driver.session->post("heat.show fields");
  driver.session->post("heat.pick 790");
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "thermo_training"));
  driver.key("Escape");
  driver.frames();
  EXPECT_FALSE(alike(driver.picture(), before)) << "the unit should be let go";
}

TEST(Thermo, TheClockIsDraggedAndStepped) {
  Driver driver = thermo_driver();
  driver.frames(2);
  driver.drag("heat time", 0.1f, 0.5f);
  EXPECT_NEAR(view(driver).time, 0.5, 0.05);
  const double at = view(driver).time;
  driver.key("Right");
  EXPECT_NEAR(view(driver).time, at + 0.01, 1e-9);
  driver.key("Left");
  driver.key("Left");
  EXPECT_NEAR(view(driver).time, at - 0.01, 1e-9);
  driver.key("R");
  EXPECT_EQ(view(driver).time, 0);
  driver.key("Space");
  EXPECT_TRUE(view(driver).playing);
  driver.frames(30);
  EXPECT_GT(view(driver).time, 0.05);
  driver.click("heat play");
  EXPECT_FALSE(view(driver).playing);
}

TEST(Thermo, ThePlayingClockComesRoundAgain) {
  Driver driver = thermo_driver();
  driver.frames(2);
  driver.session->post("heat.time 0.95");
  driver.session->post("heat.play");
  driver.blind = true;
  bool held = false;
  double least = 1;
  for (int i = 0; i < 400; ++i) {
    driver.frames();
    held |= view(driver).time == 1;
    least = std::min(least, view(driver).time);
  }
  EXPECT_TRUE(held);
  EXPECT_LT(least, 0.5);
}

TEST(Thermo, ViewsAreChosenAndUnitsFollowed) {
  Driver driver = thermo_driver();
  driver.frames(2);
  for (const char* shown : {"Hidden", "Force", "Visible"}) {
    const Picture before = driver.picture();
    driver.click(shown);
    driver.frames(2);
    EXPECT_FALSE(alike(driver.picture(), before)) << shown;
  }
  EXPECT_EQ(view(driver).shown, ThermoView::Shown::visible);
  const Box reverse = driver.place("reverse");
  driver.click((reverse.min.x + reverse.max.x) / 2, (reverse.min.y + reverse.max.y) / 2);
  EXPECT_NEAR(view(driver).picked, 14 * 28 + 14, 29);
  driver.frames();
  EXPECT_TRUE(driver.has("unit trace"));
  driver.key("Escape");
  EXPECT_EQ(view(driver).picked, -1);
  driver.click("Fields");
  driver.frames(2);
  const Box fields = driver.place("fields");  // the gutters between them are nobody's
  driver.click(fields.min.x + 5, fields.min.y + 5);
  EXPECT_GE(view(driver).picked, 784) << "a hidden unit";
}

TEST(Thermo, AClickShowsTheNextPrototype) {
  Driver driver = thermo_driver();
  driver.frames(2);
  EXPECT_EQ(view(driver).prototype, 0);
  driver.click("noising");
  EXPECT_EQ(view(driver).prototype, 1);
  driver.click("noising");
  EXPECT_EQ(view(driver).prototype, 0);
}

TEST(Thermo, PrototypesAreChosenByTheirDigits) {
  Driver driver = thermo_driver();
  driver.frames(2);
  driver.click("prototype 7");
  EXPECT_EQ(driver.scene().thermo.digits, "0 1 7");
  driver.click("prototype 0");
  driver.click("prototype 1");
  EXPECT_EQ(driver.scene().thermo.digits, "7");
  driver.click("prototype 7");
  EXPECT_EQ(driver.scene().thermo.digits, "7") << "one is needed";
  driver.session->post("undo");
  EXPECT_EQ(driver.scene().thermo.digits, "1 7");
}

TEST(Thermo, ATrainingIsBegunPausedAndStopped) {
  Driver driver = thermo_driver();
  driver.frames(2);
  driver.click("thermo train");
  EXPECT_EQ(part(driver).training()->state, ThermoTrainingSnapshot::State::running);
  driver.session->post("thermo.advance 2");
  driver.frames();
  EXPECT_TRUE(driver.has("thermo pause") || driver.has("thermo resume"));
  driver.click("thermo stop");
  EXPECT_TRUE(part(driver).training()->stopped);
  driver.frames();
  driver.session->post("heat.source model");
  driver.frames();
  driver.key("T");
  EXPECT_EQ(view(driver).source, ThermoView::Source::training);
  EXPECT_EQ(part(driver).training()->cycle, 0) << "another one";
}

// What keeps a training from beginning can be taken back where it was set.
TEST(Thermo, FlawsAreWithinReachAsLongAsTheyAreInTheWay) {
  Driver driver = thermo_driver({1280, 1000});
  driver.session->post("set thermo.update_bits 8");
  driver.session->post("set thermo.rule online");
  driver.frames(2);
  driver.click("thermo train");
  EXPECT_EQ(part(driver).training()->state, ThermoTrainingSnapshot::State::idle);
  driver.drag("thermo.update_bits", 0.5f, 0.0f);
  EXPECT_EQ(driver.scene().thermo.update_bits, 0);
  driver.frames(2);
  driver.drag("thermo.update_bits", 0.0f, 0.5f);
  EXPECT_EQ(driver.scene().thermo.update_bits, 0) << "dimmed, as there is nothing to act on";
  driver.click("thermo train");
  EXPECT_EQ(part(driver).training()->state, ThermoTrainingSnapshot::State::running);
}

TEST(Thermo, TemperatureIsASlider) {
  Driver driver = thermo_driver();
  driver.frames(2);
  driver.drag("thermo.temperature", 0.2f, 0.8f);
  EXPECT_NEAR(driver.scene().thermo.temperature, 0.4, 0.02);
  EXPECT_EQ(part(driver).run()->request.temperature, driver.scene().thermo.temperature);
  driver.session->post("undo");
  EXPECT_EQ(driver.scene().thermo.temperature, 0.1) << "a drag is one entry";
}

}  // namespace
}  // namespace phaseloom
