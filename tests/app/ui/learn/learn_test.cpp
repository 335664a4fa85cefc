// SPDX-License-Identifier: MIT
// The Learn workspace under a hand: what is clicked, dragged and typed there.

#include "app/ui/learn/learn.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>

#include "app/session/lesson_part.hpp"
#include "app/ui/learn/canvas.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/app/ui/learn/unit_place.hpp"

namespace phaseloom {
namespace {

struct LearnDriver : Driver {
  explicit LearnDriver(Extent extent = {1024, 640}, const char* preset = "own") : Driver(extent) {
    session->post(std::string_view("workspace learn"));
    session->post(std::string("playground.preset ") + preset);
    session->post(std::string_view("playground.step 20"));
    frames(3);
  }
};

const PlaygroundSnapshot& playground(Driver& driver) {
  return *driver.session->part<PlaygroundPart>().latest();
}
const std::vector<int>& picked(Driver& driver) { return driver.session->ui().playground.picked; }

/// Where a unit is seen; as the canvas lays it out at scale 1.
Point unit(Driver& driver, int number) {
  const Box canvas = driver.place("canvas");
  return unit_place(canvas, *playground(driver).network, number);
}
void click_unit(Driver& driver, int number) {
  const Point at = unit(driver, number);
  driver.click(at.x, at.y);
}

TEST(Learn, Golden) {
  LearnDriver driver({1024, 640}, "two_clocks");
  driver.session->post(std::string_view("playground.step 480"));
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "learn"));
  driver.session->post(std::string_view("set playground.coupling 2"));
  driver.session->post(std::string_view("playground.step 200"));
  driver.frames();
  EXPECT_FALSE(alike(driver.picture(), before)) << "clocks in step should be seen";
}

TEST(Learn, GoldenOfACrowd) {
  LearnDriver driver({1280, 800}, "crowd");
  driver.session->post(std::string_view("playground.step 600"));
  driver.session->post(std::string_view("playground.pick 3"));
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "learn_crowd"));
  driver.key("Escape");
  driver.frames();
  EXPECT_FALSE(alike(driver.picture(), before)) << "the unit should be let go";
}

TEST(Learn, UnitsAreSelectedDraggedAndLetGo) {
  LearnDriver driver;
  click_unit(driver, 2);
  EXPECT_EQ(picked(driver), std::vector<int>{2});
  const Point from = unit(driver, 2);
  driver.drag(from.x, from.y, from.x - 60, from.y - 30);
  const Point to = unit(driver, 2);
  EXPECT_NEAR(to.x - from.x, -60, 3);
  EXPECT_NEAR(to.y - from.y, -30, 3);
  EXPECT_EQ(driver.now().undo_label, "Move unit 2");
  driver.key("Ctrl+Z");
  driver.frames();
  EXPECT_NEAR(unit(driver, 2).x, from.x, 1) << "one drag is one entry of undo";
  driver.key("Escape");
  EXPECT_TRUE(picked(driver).empty());
}

// A hint would lie over what was just done.
TEST(Learn, NoHintLiesOverWhatAHandHasJustDone) {
  LearnDriver driver;
  const Point from = unit(driver, 2), other = unit(driver, 4);
  driver.move(from.x, from.y);
  driver.frames(3);
  ASSERT_TRUE(driver.has("hint")) << "the control: who looks is told";
  driver.drag(from.x, from.y, from.x - 60, from.y - 30);
  driver.frames(90);
  EXPECT_FALSE(driver.has("hint")) << "a unit was moved";
  driver.move(from.x - 57, from.y - 31);
  driver.frames(3);
  EXPECT_FALSE(driver.has("hint")) << "a hand is never quite still";
  driver.move(other.x, other.y);
  driver.frames(3);
  EXPECT_TRUE(driver.has("hint")) << "elsewhere it is told again";
  driver.click("Add");
  const Box canvas = driver.place("canvas");
  driver.click(canvas.min.x + 30, canvas.min.y + 30);
  driver.frames(90);
  EXPECT_FALSE(driver.has("hint")) << "a unit was added";
}

TEST(Learn, ManyAreSelectedByAFrameAndMovedTogether) {
  LearnDriver driver;
  const Box canvas = driver.place("canvas");
  driver.drag(canvas.min.x + 2, canvas.min.y + 2, canvas.max.x - 2, canvas.max.y - 2);
  EXPECT_EQ(picked(driver).size(), 6U);
  const Point a = unit(driver, 0), b = unit(driver, 3);
  driver.drag(a.x, a.y, a.x, a.y + 15);
  EXPECT_NEAR(unit(driver, 0).y - a.y, 15, 3);
  EXPECT_NEAR(unit(driver, 3).y - b.y, 15, 3);
  driver.key("Delete");
  driver.frames();
  EXPECT_EQ(playground(driver).network->count(), 1) << "the last unit stays";
}

TEST(Learn, UnitsAreAddedCoupledTunedAndRemoved) {
  LearnDriver driver;
  const Box canvas = driver.place("canvas");
  driver.click("Add");
  driver.click((canvas.min.x + canvas.max.x) / 2, (canvas.min.y + canvas.max.y) / 2);
  driver.frames();
  ASSERT_EQ(playground(driver).network->count(), 7);
  driver.click("Couple");
  const Point a = unit(driver, 6), b = unit(driver, 0);
  driver.drag(a.x, a.y, b.x, b.y);
  driver.frames();
  ASSERT_NE(playground(driver).network->find(0, 6), nullptr);
  EXPECT_EQ(picked(driver), (std::vector<int>{6, 0}));
  driver.drag("pair weight", 0.75f, 0.25f);
  driver.frames();
  EXPECT_LT(playground(driver).network->find(0, 6)->weight, 0);
  // Two clicks do the same as a drag.
  driver.key("Escape");
  click_unit(driver, 6);
  click_unit(driver, 2);
  driver.frames();
  EXPECT_NE(playground(driver).network->find(2, 6), nullptr);
  driver.click("Move");
  click_unit(driver, 6);
  driver.drag("unit detuning", 0.5f, 0.9f);
  driver.frames();
  EXPECT_GT(playground(driver).network->units[6].detuning, 1);
  driver.click("Remove");
  click_unit(driver, 6);
  driver.frames();
  EXPECT_EQ(playground(driver).network->count(), 6);
}

TEST(Learn, HandsAreTurnedByDragAndClick) {
  LearnDriver driver;
  driver.click("Turn");
  const Point at = unit(driver, 1);
  driver.drag(at.x, at.y - 6, at.x + 40, at.y);  // to three o'clock
  EXPECT_NEAR(playground(driver).now().state[1], std::numbers::pi / 2, 0.1);
  const float before = playground(driver).now().state[3];
  click_unit(driver, 3);
  EXPECT_NEAR(
      std::abs(std::remainder(playground(driver).now().state[3] - before, 2 * std::numbers::pi)),
      std::numbers::pi, 1e-3);
}

TEST(Learn, TheWheelChangesTheStrengthOfWhatIsSelectedAlone) {
  LearnDriver driver;
  const Point a = unit(driver, 0), b = unit(driver, 1);
  const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
  const auto wheel = [&](double by) {
    driver.move(middle.x, middle.y);
    InputEvent event;
    event.kind = InputEvent::Kind::scroll;
    event.y = by;
    driver.laboratory->input(event);
    driver.frames(2);
  };
  wheel(1);
  EXPECT_EQ(playground(driver).network->find(0, 1)->weight, 1) << "not by accident";
  driver.click(middle.x, middle.y);
  EXPECT_EQ(picked(driver).size(), 2U);
  wheel(1);
  EXPECT_NEAR(playground(driver).network->find(0, 1)->weight, 1.1, 1e-6);
}

TEST(Learn, KeysLeadFromUnitToUnitAndRunTheClock) {
  LearnDriver driver;
  const int step = playground(driver).now().step;
  driver.key("Right");
  EXPECT_EQ(playground(driver).now().step, step + 1);
  driver.key("Left");
  driver.key("Left");
  EXPECT_EQ(playground(driver).now().step, step - 1);
  driver.key("Space");
  driver.frames(30);
  EXPECT_GT(playground(driver).now().step, step + 5);
  driver.click("playground play");
  const int there = playground(driver).now().step;
  driver.frames(10);
  EXPECT_EQ(playground(driver).now().step, there);
  driver.key("R");
  EXPECT_EQ(playground(driver).now().step, 0);
}

TEST(Learn, APresetIsTakenFromTheListAndUndone) {
  LearnDriver driver;
  driver.click("preset");
  driver.frames(2);
  driver.key("Home");
  driver.key("Enter");
  driver.frames(2);
  EXPECT_EQ(driver.scene().playground.preset, Preset::two_clocks);
  driver.key("Escape");
  driver.key("Ctrl+Z");
  driver.frames();
  EXPECT_EQ(driver.scene().playground.preset, Preset::own);
}

TEST(Learn, LessonsAreOneClickAwayWhateverIsShown) {
  LearnDriver driver;
  const auto take = [&](int entry) {
    driver.click("lessons");
    driver.frames(2);
    driver.click("lessons entry " + std::to_string(entry));
    driver.frames(4);
  };
  const auto& lessons = driver.session->part<LessonPart>().lessons();
  ASSERT_GT(lessons.size(), 2U);
  take(1);
  EXPECT_EQ(driver.session->ui().lesson.open, lessons[1].name);
  take(0);  // from within another one
  EXPECT_EQ(driver.session->ui().lesson.open, lessons[0].name);
  driver.session->post(std::string_view("present 150"));
  driver.frames(4);
  ASSERT_FALSE(driver.has("preset")) << "panels are folded away";
  take(2);
  EXPECT_EQ(driver.session->ui().lesson.open, lessons[2].name);
  driver.session->post(std::string_view("lesson.close"));
  driver.session->post(std::string_view("playground.preset field"));
  driver.frames(4);
  take(0);
  EXPECT_EQ(driver.session->ui().lesson.open, lessons[0].name);
}

// Units, couplings and steps of that window are those of the run in Generate.
TEST(Learn, WithinAPictureWhatDoesNothingIsDimmedAndSaysWhy) {
  LearnDriver driver({1024, 1600}, "pixel");
  driver.blind = true;
  const PlaygroundSetup before = driver.scene().playground;
  for (const char* name : {"playground.coupling", "playground.spread", "playground.injection",
                           "playground.temperature", "playground.units", "playground.degree",
                           "playground.patterns", "playground.step", "unit detuning"}) {
    SCOPED_TRACE(name);
    driver.drag(name, 0.2f, 0.8f);
    const Box box = driver.place(name);
    driver.move((box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2);
    driver.frames(60);
    EXPECT_TRUE(driver.has("hint"));
  }
  driver.click("playground seed");
  driver.key("N");
  driver.frames();
  EXPECT_EQ(driver.scene().playground, before);
  driver.drag("playground.speed", 0.2f, 0.8f);
  EXPECT_NE(driver.scene().playground.speed, before.speed) << "the control: time is one's own";
}

TEST(Learn, SoManyCouplingsAreNotChangedByHand) {
  LearnDriver driver({1024, 640}, "crowd");
  driver.session->post(std::string_view("set playground.units 300"));
  driver.frames(3);
  driver.click("Add");
  const Box canvas = driver.place("canvas");
  driver.click(canvas.min.x + 3, canvas.min.y + 3);
  driver.frames();
  EXPECT_EQ(playground(driver).network->count(), 300);
  EXPECT_FALSE(driver.scene().playground.own);
}

}  // namespace
}  // namespace phaseloom
