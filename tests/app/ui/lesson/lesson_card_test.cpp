// SPDX-License-Identifier: MIT
// The card of a lesson: the offer of the first one, what comes at an end, where it lies.
#include "app/ui/lesson/lesson_card.hpp"

#include <gtest/gtest.h>

#include "app/session/lesson_part.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

constexpr const char* kOffer = "first lesson";

TEST(LessonCard, TheFirstLessonIsOfferedOnce) {
  Driver driver;
  driver.frames(2);
  EXPECT_FALSE(driver.has(kOffer)) << "pictures of scripts are nobody's first start";
  driver.laboratory->transient().may_write = true;
  driver.frames(2);
  ASSERT_TRUE(driver.has(kOffer));
  driver.key("2");
  driver.frames(2);
  EXPECT_FALSE(driver.has(kOffer)) << "only where the program begins";
  driver.key("1");
  driver.frames(2);
  driver.click(kOffer);
  driver.frames(3);
  const LessonPart& part = driver.session->part<LessonPart>();
  EXPECT_EQ(driver.session->ui().lesson.open,
            driver.session->part<LessonPart>().lessons().front().name);
  EXPECT_EQ(driver.session->ui().workspace, Workspace::learn);
  EXPECT_FALSE(part.passed() && driver.has(kOffer));
  driver.click("lesson close");
  driver.key("1");
  driver.frames(3);
  EXPECT_FALSE(driver.has(kOffer)) << "it was begun";
}

/// At the end of that lesson, as if all steps had been passed.
void go_to_the_end(Driver& driver, const Lesson& lesson) {
  driver.session->post("lesson.open " + lesson.name);
  driver.session->post("lesson.step " + std::to_string(lesson.steps.size()));
  driver.frames(3);
}

TEST(LessonCard, AnEndLeadsToTheNextLesson) {
  Driver driver;
  driver.session->post(std::string_view("lesson.language en"));
  auto& part = driver.session->part<LessonPart>();
  const std::vector<Lesson> lessons = part.lessons();
  go_to_the_end(driver, lessons[0]);
  EXPECT_FALSE(part.passed());
  EXPECT_FALSE(driver.has("lesson another")) << "there is something left to do";
  EXPECT_TRUE(driver.has("lesson close"));
  // The act of the last step: both hands are turned.
  driver.session->post(std::string_view("playground.turn 0 1.5"));
  for (int i = 0; i < 200 && !part.passed(); ++i) {
    driver.session->pass(0.1);
    driver.frames();
  }
  ASSERT_TRUE(part.passed());
  driver.frames(3);
  driver.click("lesson another");
  driver.frames(3);
  EXPECT_EQ(driver.session->ui().lesson.open, lessons[1].name);
  EXPECT_EQ(driver.session->ui().lesson.step, 0);
  EXPECT_EQ(part.passed_steps(lessons[0]), static_cast<int>(lessons[0].steps.size()));
}

TEST(LessonCard, OnePageKeyTooManyDoesNotEndIt) {
  Driver driver;
  driver.session->post(std::string_view("lesson.language en"));
  const Lesson lesson = driver.session->part<LessonPart>().lessons()[0];
  go_to_the_end(driver, lesson);
  for (int i = 0; i < 2; ++i) driver.key("PageDown");
  driver.frames(2);
  EXPECT_EQ(driver.session->ui().lesson.open, lesson.name);
  driver.key("PageUp");
  driver.frames(2);
  EXPECT_EQ(driver.session->ui().lesson.step, static_cast<int>(lesson.steps.size()) - 2);
  driver.click("lesson next");
  driver.frames(2);
  driver.click("lesson next");
  driver.frames(2);
  EXPECT_EQ(driver.session->ui().lesson.open, "") << "the button says that it does";
}

// Who is about to press a button does not find it gone.
TEST(LessonCard, ItsButtonsStayWhereTheyAreWhenAStepIsPassed) {
  for (const char* present : {"present off", "present 200"}) {
    SCOPED_TRACE(present);
    Driver driver({1024, 768});
    for (const char* line : {"lesson.language en", "lesson.open crowd", "lesson.step 2", present})
      driver.session->post(std::string_view(line));
    driver.frames(30);
    auto& part = driver.session->part<LessonPart>();
    const Box before = driver.place("lesson next");
    ASSERT_FALSE(part.passed());
    driver.session->post(std::string_view("playground.play"));
    for (int i = 0; i < 200 && !part.passed(); ++i) {
      driver.session->pass(0.1);
      driver.frames();
    }
    ASSERT_TRUE(part.passed());
    driver.frames(5);
    EXPECT_TRUE(driver.has("lesson remark"));
    EXPECT_NEAR(driver.place("lesson next").min.y, before.min.y, 2);
    EXPECT_NEAR(driver.place("lesson next").min.x, before.min.x, 2);
  }
}

// A card of a fixed width would hide most of a small projector's picture.
TEST(LessonCard, IsAStripWhereTypeIsLarge) {
  Driver driver({1024, 768});
  for (const char* line : {"lesson.language en", "lesson.open two-clocks", "present 200"})
    driver.session->post(std::string_view(line));
  driver.frames(8);
  const Box card = driver.place("lesson card"), canvas = driver.place("canvas");
  EXPECT_GT(card.width(), 1000);
  EXPECT_LE(canvas.max.y, card.min.y);
  EXPECT_GT(canvas.height(), 768 / 4.F);
}

TEST(Presenting, ACaptionSaysWhatIsSeen) {
  Driver driver({1024, 768});
  driver.session->post(std::string_view("workspace learn"));
  driver.session->post(std::string_view("playground.preset two_clocks"));
  driver.frames(5);
  EXPECT_FALSE(driver.has("caption line"));
  driver.session->post(std::string_view("present 150"));
  driver.frames(5);
  EXPECT_TRUE(driver.has("caption line"));
  // In Generate the line under the wall says it.
  driver.session->post(std::string_view("workspace generate"));
  driver.frames(3);
  EXPECT_FALSE(driver.has("caption line"));
  EXPECT_TRUE(driver.has("caption words"));
}

// From the digit down to the clock hands.
TEST(LookInside, LeadsToTheWindowAroundThePickedUnit) {
  Driver driver;
  driver.frames(3);
  driver.session->post(std::string_view("pick 5"));
  driver.frames(3);
  driver.click("look inside");
  driver.frames(5);
  EXPECT_EQ(driver.session->ui().workspace, Workspace::learn);
  EXPECT_EQ(driver.scene().playground.preset, Preset::pixel);
  EXPECT_TRUE(driver.has("canvas"));
  driver.key("Ctrl+Z");
  driver.frames(3);
  EXPECT_NE(driver.scene().playground.preset, Preset::pixel);
}

}  // namespace
}  // namespace phaseloom
