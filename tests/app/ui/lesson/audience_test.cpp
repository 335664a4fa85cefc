// SPDX-License-Identifier: MIT
// Lessons before an audience: type at 200 %, panels folded away, a small projector.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/session/lesson_part.hpp"
#include "tests/app/ui/boxes.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

bool is_scene_field(const std::string& name) {
  return std::ranges::find(scene_fields(), name, &SceneField::name) != scene_fields().end();
}

class Audience : public testing::Test {
 protected:
  static SessionOptions options() {
    SessionOptions options = test_session_options();
    options.loader = {};  // shipped models
    options.scene.model = "mnist-shil";
    return options;
  }
};

class AudienceOf : public Audience, public testing::WithParamInterface<int> {};

TEST_P(AudienceOf, SeesWhatAStepWantsToBeMovedAndPointsTo) {
  Driver driver({1024, 768}, 1, options());
  driver.blind = true;
  auto& part = driver.session->part<LessonPart>();
  driver.session->post(std::string_view("lesson.language en"));
  const Lesson lesson = part.lessons()[static_cast<std::size_t>(GetParam())];
  driver.session->post("lesson.open " + lesson.name);
  driver.session->post(std::string_view("present 200"));
  for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
    const LessonStep& step = lesson.steps[i];
    SCOPED_TRACE(fmt::format("{}, step {}", lesson.name, i + 1));
    driver.session->post(fmt::format("lesson.step {}", i + 1));
    driver.frames(40);
    const Box card = driver.place("lesson card");
    const auto& places = driver.laboratory->transient().places;
    bool moved = true;
    for (const Condition& wait : step.waits) {
      if (!is_scene_field(wait.name)) continue;
      moved = moved && part.met(wait);
      // A model is chosen by its card, a class by its button.
      if (wait.name == "model" || wait.name == "label") continue;
      ASSERT_TRUE(places.contains(wait.name)) << wait.name;
    }
    if (!moved) continue;  // it lies where it hides none of these
    const auto anchor = places.find(step.anchor);
    if (anchor == places.end()) continue;
    const bool is_control = anchor->second.height() < 80;
    EXPECT_FALSE(is_control && meet(anchor->second, card)) << step.anchor << " lies under the card";
  }
}

// What is to be moved is in a panel, what is to be pressed below the stage.
TEST_F(Audience, WhatIsToBeDoneIsInSight) {
  Driver driver({1024, 768}, 1, options());
  driver.blind = true;
  for (const char* line : {"lesson.language en", "lesson.open where-physics-cannot-go",
                           "present 200", "lesson.step 4"})
    driver.session->post(std::string_view(line));
  driver.frames(40);
  const Box card = driver.place("lesson card"), train = driver.place("transport train");
  EXPECT_FALSE(meet(train, card));
  for (const char* name : {"transport.hidden", "transport.chunks"}) {
    const Box box = driver.place(name);
    EXPECT_GT(box.min.y, card.max.y) << name;
    EXPECT_LT(box.max.y, train.min.y) << name;
  }
}

// The zones leave the strip room, wherever it lies.
TEST_F(Audience, AStripHidesNothing) {
  Driver driver({1024, 768}, 1, options());
  driver.blind = true;
  for (const char* line : {"lesson.language en", "lesson.open two-clocks", "present 200"})
    driver.session->post(std::string_view(line));
  for (const int step : {1, 3, 2}) {
    SCOPED_TRACE(step);
    driver.session->post(fmt::format("lesson.step {}", step));
    driver.frames(40);
    const Box card = driver.place("lesson card"), canvas = driver.place("canvas");
    EXPECT_FALSE(meet(canvas, card));
    EXPECT_GT(canvas.height(), 100);
    // The second step speaks of the plot below the stage.
    EXPECT_EQ(meet(driver.place("playground_states"), card), step != 2);
  }
  const float before = driver.place("canvas").height();
  driver.session->post(std::string_view("lesson.close"));
  driver.frames(3);
  EXPECT_GT(driver.place("canvas").height(), before) << "its room is given back";
}

// What a lesson points to in a folded panel comes once the controls are where they are to be.
TEST_F(Audience, APlotComesAfterItsControl) {
  Driver driver({1024, 768}, 1, options());
  driver.blind = true;
  for (const char* line :
       {"lesson.language en", "lesson.open crowd", "present 200", "lesson.step 4"})
    driver.session->post(std::string_view(line));
  driver.frames(40);
  EXPECT_TRUE(driver.has("playground.coupling"));
  EXPECT_FALSE(driver.has("playground_meter"));
  driver.session->set("playground.coupling", 2);
  driver.frames(10);
  EXPECT_TRUE(driver.has("playground.coupling")) << "a hand may still be on it";
  driver.frames(80);
  EXPECT_TRUE(driver.has("playground_meter"));
}

// An audience sees what is picked, though the panels are folded away.
TEST_F(Audience, ThePanelOfWhatIsPickedUnfolds) {
  Driver driver({1024, 768}, 1, options());
  driver.blind = true;
  driver.session->post(std::string_view("present 200"));
  driver.frames(5);
  EXPECT_FALSE(driver.has("look inside"));
  driver.session->post(std::string_view("pick 5"));
  driver.frames(5);
  EXPECT_TRUE(driver.has("look inside"));
  driver.session->post(std::string_view("unpick"));
  driver.frames(5);
  EXPECT_FALSE(driver.has("look inside"));
}

INSTANTIATE_TEST_SUITE_P(AllLessons, AudienceOf, testing::Range(0, 10));

}  // namespace
}  // namespace phaseloom
