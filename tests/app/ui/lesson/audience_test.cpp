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

// Both do not fit: first there is something to be moved, then something to be pressed.
TEST_F(Audience, TheCardGoesWhereItHidesNothingThatIsToBeDoneNext) {
  Driver driver({1024, 768}, 1, options());
  driver.blind = true;
  for (const char* line : {"lesson.language en", "lesson.open where-physics-cannot-go",
                           "present 200", "lesson.step 4"})
    driver.session->post(std::string_view(line));
  driver.frames(40);
  EXPECT_FALSE(meet(driver.place("transport.hidden"), driver.place("lesson card")));
  EXPECT_TRUE(meet(driver.place("transport train"), driver.place("lesson card")));
  driver.session->set("transport.hidden", 4);
  driver.session->set("transport.chunks", 4);
  driver.frames(5);
  EXPECT_FALSE(meet(driver.place("transport train"), driver.place("lesson card")));
}

INSTANTIATE_TEST_SUITE_P(AllLessons, AudienceOf, testing::Range(0, 10));

}  // namespace
}  // namespace phaseloom
