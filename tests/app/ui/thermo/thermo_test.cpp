// SPDX-License-Identifier: MIT
// The Thermo workspace under a hand: what is clicked, dragged and typed there.

#include "app/ui/thermo/thermo.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "app/commands/export_verbs.hpp"
#include "app/document/assets.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

Driver thermo_driver(Extent extent = {1024, 640}) {
  return Driver(extent, 1, test::thermo_options());
}
const ThermoPart& part(Driver& driver) { return driver.session->part<ThermoPart>(); }
ThermoView& view(Driver& driver) { return driver.session->ui().thermo; }
std::string last_message(Driver& driver) {
  return driver.now().messages->empty() ? "" : driver.now().messages->back().text;
}

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
  EXPECT_TRUE(driver.has("unit_trace"));
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

TEST(Thermo, AClickOnTheWallKeepsASampleEnlarged) {
  Driver driver = thermo_driver();
  driver.session->post("heat.pick 400");
  driver.frames(2);
  const Box wall = driver.place("heat wall");
  driver.click(wall.max.x - 10, wall.min.y + 10);
  EXPECT_EQ(view(driver).sample, 1);
  driver.move(5, 5);
  const Picture kept = driver.picture();
  driver.session->post("heat.sample 0");
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), kept));
  driver.session->post("heat.sample 1");
  driver.frames(2);
  EXPECT_TRUE(alike(driver.picture(), kept));
  driver.session->post("heat.sample 99");  // of a larger wall
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), kept)) << "the last one of this wall";
}

TEST(Thermo, PanesActWhenTheButtonIsLetGoOnThem) {
  Driver driver = thermo_driver();
  driver.frames(2);
  const auto pressed_and_taken_away = [&](const char* name) {
    const Box box = driver.place(name);
    driver.move((box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2);
    driver.press();
    driver.frames(2);
    driver.move(400, 5);
    driver.release();
    driver.frames(2);
  };
  for (const char* name : {"noising", "reverse", "heat wall"}) pressed_and_taken_away(name);
  EXPECT_EQ(view(driver).prototype, 0);
  EXPECT_EQ(view(driver).picked, -1);
  EXPECT_EQ(view(driver).sample, 0);
  driver.session->post("heat.show fields");
  driver.frames(2);
  pressed_and_taken_away("fields");
  EXPECT_EQ(view(driver).picked, -1);
}

TEST(Thermo, TheDoubleClickThatShowsAllFollowsNoOtherUnit) {
  Driver driver = thermo_driver();
  driver.session->post("heat.show fields");
  driver.session->post("zoom 4 1 1");
  driver.frames(2);
  const Box fields = driver.place("fields");
  const float x = fields.min.x + 0.3f * fields.width(), y = fields.min.y + 0.3f * fields.height();
  driver.click(x, y);
  const int first = view(driver).picked;
  ASSERT_GE(first, 784);
  driver.frames(40);  // what comes is a double click of its own
  driver.double_click(x, y);
  driver.frames(2);
  EXPECT_EQ(driver.session->ui().zoom_of(Workspace::thermo).factor, 1);
  EXPECT_EQ(view(driver).picked, first);
}

TEST(Thermo, ColoursAreExplainedBesideTheViewsOrBelowThem) {
  for (const float scale : {1.0f, 1.5f}) {
    Driver driver({1024, 640}, scale, test::thermo_options());
    for (const char* shown : {"visible", "hidden", "force", "fields"}) {
      driver.session->post(std::string("heat.show ") + shown);
      driver.frames(2);
      const Box colours = driver.place("colours"), last = driver.place("Fields");
      EXPECT_TRUE(colours.min.x > last.max.x || colours.min.y > last.max.y) << shown << scale;
      EXPECT_GT(colours.min.x, driver.place("Visible").min.x) << shown << scale;
    }
  }
}

TEST(Thermo, AUnitThatTheComputerDoesNotHaveIsNotFollowed) {
  Driver driver = thermo_driver();
  driver.frames(2);
  driver.session->post("heat.pick 807");
  driver.frames(2);
  EXPECT_EQ(view(driver).picked, 807);
  driver.session->post("heat.pick 808");
  driver.frames(2);
  EXPECT_EQ(view(driver).picked, -1);
  EXPECT_EQ(last_message(driver),
            "heat.pick: there is no unit 808; this computer has units 0 to 807");
}

TEST(Thermo, AUnitIsLetGoWithItsComputer) {
  Driver driver = thermo_driver();
  driver.session->set("thermo.hidden", 32);
  driver.session->post("thermo.train");
  driver.session->post("thermo.advance 1");
  driver.session->post("heat.pick 815");
  driver.frames(2);
  EXPECT_EQ(view(driver).picked, 815);
  driver.session->post("heat.source model");
  driver.frames(2);
  EXPECT_EQ(view(driver).picked, -1);
  EXPECT_EQ(last_message(driver),
            "unit 815 is followed no longer: this computer has units 0 to 807");
}

TEST(Thermo, TheComputerIsChosenFromAList) {
  const TemporaryFolder home;
  const EnvironmentGuard own("XDG_DATA_HOME", home.path().string());
  fs::create_directories(user_models_folder());
  save_model(user_models_folder() / "mine-thermo.safetensors", test::small_thermo());
  SessionOptions options = test::thermo_options();
  options.loader = [](const std::string&) { return test::small_thermo(); };
  Driver driver({1024, 640}, 1, std::move(options));
  driver.session->post("thermo.train");
  driver.session->post("thermo.advance 1");
  driver.session->post("heat.source model");
  driver.frames(2);
  const auto take = [&](int entry) {
    driver.click("computer");
    driver.click(fmt::format("computer entry {}", entry));
    driver.frames(2);
  };
  int last = 0;
  driver.click("computer");
  while (driver.has(fmt::format("computer entry {}", last + 1))) ++last;
  driver.click("computer");
  take(last);
  EXPECT_EQ(view(driver).source, ThermoView::Source::training) << "what was trained here is last";
  take(last - 1);
  EXPECT_EQ(view(driver).source, ThermoView::Source::model);
  EXPECT_EQ(driver.scene().thermo.model, "mine-thermo");
  driver.session->post("undo");
  EXPECT_EQ(driver.scene().thermo.model, "warm");
}

TEST(Thermo, KeepWritesAmongTheUsersModels) {
  const TemporaryFolder home;
  const EnvironmentGuard own("XDG_DATA_HOME", home.path().string());
  Driver driver = thermo_driver();
  driver.session->post("thermo.train");
  driver.frames(2);
  driver.click("thermo keep");  // it has learnt nothing yet
  EXPECT_EQ(part(driver).training()->kept, "");
  driver.session->post("thermo.advance 2");
  driver.frames(2);
  driver.click("thermo keep");
  EXPECT_EQ(last_message(driver),
            "A script keeps networks with a line of its own: thermo.keep FILE");
  EXPECT_TRUE(fs::is_empty(home.path()));
  driver.laboratory->transient().may_write = true;
  for (int k = 1; k <= 2; ++k) {
    driver.click("thermo keep");
    driver.frames(2);
    EXPECT_EQ(part(driver).training()->kept,
              (home / fmt::format("phaseloom/models/thermo-{}.safetensors", k)).string());
  }
}

TEST(Thermo, RuleAndBoxesAreOfTheScene) {
  Driver driver({1280, 1000}, 1, test::thermo_options());
  driver.frames(2);
  for (const char* name : {"thermo.visible_biases", "thermo.stochastic_rounding"})
    driver.click(name);
  EXPECT_TRUE(driver.scene().thermo.visible_biases);
  EXPECT_TRUE(driver.scene().thermo.stochastic_rounding);
  driver.click("thermo.rule");
  driver.click("thermo.rule entry 1");
  EXPECT_EQ(driver.scene().thermo.rule, ThermoRule::online);
  driver.frames(2);
  driver.click("thermo.stochastic_rounding");
  EXPECT_FALSE(driver.scene().thermo.stochastic_rounding) << "it was in the way of this rule";
  driver.frames(2);
  driver.click("thermo.stochastic_rounding");
  EXPECT_FALSE(driver.scene().thermo.stochastic_rounding) << "of the batch rule alone: dimmed";
  driver.click("thermo.visible_biases");
  EXPECT_FALSE(driver.scene().thermo.visible_biases);
  for (int k = 0; k < 3; ++k) driver.session->post("undo");
  EXPECT_EQ(driver.scene().thermo.rule, ThermoRule::batch);
}

TEST(Thermo, TablesOfPlotsNameTheUnitOfTheirHeat) {
  const TemporaryFolder folder;
  Driver driver = thermo_driver();
  driver.session->post("heat.pick 400");
  driver.session->post("heat.sample 2");
  const auto head_of = [&](const char* plot) {
    const auto file = folder / fmt::format("{}.csv", plot);
    driver.session->post(verbs::export_plot, plot, file.string());
    driver.frames(2);
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
  };
  driver.frames(2);
  EXPECT_EQ(head_of("heat"), "t,mean_heat_kT\r");
  EXPECT_EQ(head_of("heats"), "heat_kT,samples\r");
  EXPECT_EQ(head_of("unit_trace"), "t,x_sample2,x_sample0,x_sample1,x_sample3\r");
  driver.session->set("thermo.temperature", 0);
  driver.frames(2);
  EXPECT_EQ(head_of("heat"), "t,mean_heat_E0\r");
  EXPECT_EQ(head_of("heats"), "heat_E0,samples\r");
}

TEST(Thermo, ASceneIsNamedAfterItsComputer) {
  const TemporaryFolder home;
  const EnvironmentGuard guard("HOME", home.path().string());
  Driver driver = thermo_driver();
  driver.key("Ctrl+S");
  driver.frames(2);
  EXPECT_EQ(driver.laboratory->transient().prompt_path,
            (home / "Phaseloom/warm.phaseloom.json").string());
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

TEST(Thermo, BothRulesAreTrainedAndLookedAt) {
  Driver driver = thermo_driver({1280, 1000});
  driver.frames(2);
  driver.click("thermo.compare");
  EXPECT_TRUE(driver.scene().thermo.compare);
  driver.click("thermo train");
  driver.session->post("thermo.advance 4");
  driver.frames(2);
  ASSERT_TRUE(part(driver).training()->other.has_value());
  const Picture batch = driver.picture();
  driver.click("computer");
  driver.frames(2);
  driver.key("End");  // the last of the list is the other rule's
  driver.key("Enter");
  driver.frames(2);
  EXPECT_EQ(view(driver).source, ThermoView::Source::other);
  EXPECT_EQ(part(driver).run()->model, part(driver).training()->other->network);
  EXPECT_FALSE(alike(driver.picture(), batch));
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
