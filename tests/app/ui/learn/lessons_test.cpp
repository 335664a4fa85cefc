// SPDX-License-Identifier: MIT
// Each shipped lesson, played to its end as a learner would: what hands do is in acts/NAME.acts.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "app/document/assets.hpp"
#include "app/session/lesson_part.hpp"
#include "app/session/playground_part.hpp"
#include "app/ui/learn/canvas.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/app/ui/learn/unit_place.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

/// Acts of each step, from 1. A line is a command, or what a hand does:
///   step 3
///   drag playground.coupling 0.3 0.6    from there to there of its width
///   click disturb
///   unit 5                              a click on that unit of the canvas
///   turn 5                              its hand is dragged away
///   key R
///   wait 4                              seconds
///   by itself                           the step is passed without any act, by watching
using Acts = std::map<int, std::vector<std::string>>;

Acts acts_of(const std::string& lesson) {
  const fs::path file = fs::path(source_folder()) / "tests/app/ui/learn/acts" / (lesson + ".acts");
  std::ifstream in(file);
  EXPECT_TRUE(in) << file;
  Acts acts;
  std::string line;
  int step = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("step "))
      step = std::stoi(line.substr(5));
    else
      acts[step].push_back(line);
  }
  return acts;
}

class Learner {
 public:
  explicit Learner(const std::string& lesson, Extent extent = {1024, 640})
      : driver(extent, 1, options()) {
    driver.blind = true;
    driver.session->post(std::string_view("lesson.language en"));
    driver.session->post("lesson.open " + lesson);
    driver.frames(3);
  }

  LessonPart& part() { return driver.session->part<LessonPart>(); }

  /// Time goes by, with a look now and then.
  void wait(double seconds) {
    constexpr double kPiece = 0.05;
    for (double passed = 0; passed < seconds; passed += kPiece) driver.session->pass(kPiece);
    driver.frames();
  }

  void act(const std::string& line) {
    std::istringstream words(line);
    std::string what, name;
    words >> what >> name;
    double a = 0, b = 0;
    words >> a >> b;
    if (what == "wait")
      wait(std::stod(name));
    else if (what == "drag")
      driver.drag(name, static_cast<float>(a), static_cast<float>(b));
    else if (what == "click")
      driver.click(line.substr(6));
    else if (what == "key")
      driver.key(name);
    else if (what == "unit")
      click_unit(std::stoi(name));
    else if (what == "turn")
      turn_unit(std::stoi(name));
    else if (what != "by")
      driver.session->post(std::string_view(line));
    driver.frames();
  }

  /// Whether the step is passed within so many seconds.
  bool passes_within(double seconds) {
    for (double passed = 0; passed < seconds && !part().passed(); passed += 0.5) wait(0.5);
    return part().passed();
  }

  Picture picture() {
    driver.blind = false;
    driver.move(2, 200);  // no hint lies over it
    driver.frames(2);
    driver.blind = true;
    return driver.picture();
  }

  Driver driver;

 private:
  static SessionOptions options() {
    SessionOptions options = test_session_options();
    options.loader = {};  // shipped models
    options.scene.model = "mnist-shil";
    return options;
  }

  Point place_of_unit(int unit) {
    const auto& now = *driver.session->part<PlaygroundPart>().latest();
    const Box canvas = driver.place("canvas");
    return unit_place(canvas, *now.network, unit);
  }
  void click_unit(int unit) {
    const Point at = place_of_unit(unit);
    driver.click(at.x, at.y);
  }
  void turn_unit(int unit) {
    const Point at = place_of_unit(unit);
    driver.drag(at.x, at.y - 4, at.x + 30, at.y + 30);
  }
};

/// Names of the shipped lessons, by their numbers.
std::vector<std::string> shipped_lessons() {
  Session session(test_session_options());
  std::vector<std::string> names;
  for (const Lesson& lesson : session.part<LessonPart>().lessons()) names.push_back(lesson.name);
  return names;
}

TEST(LessonCard, WhatAStepPointsToIsNamedWhereItIsNotInSight) {
  Learner learner("two-clocks");
  ASSERT_NE(learner.part().open(), nullptr);
  while (learner.part().step()->anchor.empty()) {
    learner.driver.session->post("lesson.next");
    learner.driver.frames(3);
    ASSERT_NE(learner.part().step(), nullptr);
  }
  learner.driver.frames(80);
  EXPECT_FALSE(learner.driver.has("lesson unseen"));
  learner.driver.session->post("workspace train");  // whoever wanders off
  learner.driver.frames(80);
  EXPECT_TRUE(learner.driver.has("lesson unseen"));
  learner.driver.session->post("workspace learn");
  learner.driver.frames(3);
  EXPECT_FALSE(learner.driver.has("lesson unseen"));
}

class ShippedLesson : public testing::TestWithParam<std::string> {};

TEST_P(ShippedLesson, IsPlayedToItsEndAndNoStepPassesWithoutItsAct) {
  Acts acts = acts_of(GetParam());
  Learner learner(GetParam());
  ASSERT_NE(learner.part().open(), nullptr);
  const Lesson lesson = *learner.part().open();
  // Thermo says another thing where there are no digits to dissolve.
  const char* data = std::getenv("PHASELOOM_DATA");
  const bool pictured = GetParam() != "heat-engine" || (data && fs::exists(data));
  for (int number = 1; number <= static_cast<int>(lesson.steps.size()); ++number) {
    SCOPED_TRACE(GetParam() + ", step " + std::to_string(number));
    ASSERT_EQ(learner.driver.session->ui().lesson.step, number - 1);
    const LessonStep& step = lesson.steps[static_cast<std::size_t>(number - 1)];
    if (number == 1 && pictured) {
      EXPECT_TRUE(matches_golden(learner.picture(), "lesson_" + GetParam() + "_first"));
    }
    if (!step.anchor.empty()) {
      EXPECT_TRUE(learner.driver.has(step.anchor)) << step.anchor;
    }
    const std::vector<std::string>& does = acts[number];
    const bool watches = !does.empty() && does[0] == "by itself";
    if (!step.waits.empty() && !watches) {
      // The control: who only looks on does not pass.
      constexpr double kLooksOn = 6;
      EXPECT_FALSE(learner.passes_within(kLooksOn));
    }
    for (const std::string& line : does) learner.act(line);
    constexpr double kPatience = 60;
    ASSERT_TRUE(learner.passes_within(kPatience));
    learner.driver.frames(4);  // the card has grown, and is where it stays
    if (number == static_cast<int>(lesson.steps.size()) && pictured) {
      EXPECT_TRUE(matches_golden(learner.picture(), "lesson_" + GetParam() + "_last"));
    }
    learner.driver.click("lesson next");
    learner.driver.frames(3);
  }
  EXPECT_TRUE(learner.driver.session->ui().lesson.open.empty()) << "it has ended";
  EXPECT_EQ(learner.driver.session->ui().lesson.passed[GetParam()],
            static_cast<int>(lesson.steps.size()));
  for (const auto& message : *learner.driver.now().messages)
    EXPECT_NE(message.level, Message::Level::error) << message.text;
}

INSTANTIATE_TEST_SUITE_P(All, ShippedLesson, testing::ValuesIn(shipped_lessons()),
                         [](const auto& lesson) {
                           std::string name = lesson.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(ShippedLessons, SayTheSameInEveryLanguage) {
  Session session(test_session_options());
  LessonPart& part = session.part<LessonPart>();
  const auto languages = part.languages();
  ASSERT_GE(languages.size(), 2U);
  session.post(std::string_view("lesson.language en"));
  const std::vector<Lesson> english = part.lessons();
  EXPECT_EQ(english.size(), 10U);
  for (const std::string& language : languages) {
    session.post("lesson.language " + language);
    const std::vector<Lesson>& lessons = part.lessons();
    ASSERT_EQ(lessons.size(), english.size());
    for (std::size_t i = 0; i < lessons.size(); ++i) {
      SCOPED_TRACE(language + " " + english[i].name);
      EXPECT_EQ(lessons[i].language, language);
      EXPECT_EQ(lessons[i].number, english[i].number);
      ASSERT_EQ(lessons[i].steps.size(), english[i].steps.size());
      for (std::size_t k = 0; k < english[i].steps.size(); ++k) {
        const LessonStep &a = english[i].steps[k], &b = lessons[i].steps[k];
        EXPECT_EQ(a.anchor, b.anchor) << k + 1;
        EXPECT_EQ(a.commands, b.commands) << k + 1;
        EXPECT_EQ(a.hold, b.hold) << k + 1;
        EXPECT_EQ(a.waits, b.waits) << k + 1;
        EXPECT_EQ(a.remark.empty(), b.remark.empty()) << k + 1;
      }
    }
  }
}

}  // namespace
}  // namespace phaseloom
