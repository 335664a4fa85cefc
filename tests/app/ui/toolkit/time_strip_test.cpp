// SPDX-License-Identifier: MIT
// The strip of time that Transport and Thermo share, under mouse and keys.

#include "app/ui/toolkit/time_strip.hpp"

#include <gtest/gtest.h>

#include "app/commands/view_verbs.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

struct Strip {
  const char* name;
  const char* workspace;
  double (*time)(const UiState&);
  bool (*playing)(const UiState&);
  Verb play;
  double step;
  double way, hold;  ///< seconds, as people are used to
};

const Strip kStrips[] = {
    {"flow time", "transport", [](const UiState& ui) { return ui.flow.time; },
     [](const UiState& ui) { return ui.flow.playing; }, verbs::flow_play, 1.0 / 64, 3, 1.2},
    {"heat time", "thermo", [](const UiState& ui) { return ui.thermo.time; },
     [](const UiState& ui) { return ui.thermo.playing; }, verbs::heat_play, 1.0 / 100, 5, 2},
};

class TimeStripOf : public testing::TestWithParam<Strip> {
 protected:
  TimeStripOf() {
    driver.session->post(std::string("workspace ") + GetParam().workspace);
    driver.session->post("flow.pause");
    driver.frames(2);
    driver.blind = true;
  }
  double time() { return GetParam().time(driver.session->ui()); }
  bool playing() { return GetParam().playing(driver.session->ui()); }
  void focus_on_strip() {
    const Focus& focus = driver.laboratory->transient().focus;
    const Box place = driver.place(GetParam().name);
    for (int i = 0; i < 150; ++i) {
      driver.key("Tab");
      if (focus.on && focus.box.min.x == place.min.x && focus.box.min.y == place.min.y) return;
    }
    FAIL() << "Tab does not come to " << GetParam().name;
  }

  Driver driver{{1024, 640}, 1, test::thermo_options()};
};

INSTANTIATE_TEST_SUITE_P(Workspaces, TimeStripOf, testing::ValuesIn(kStrips),
                         [](const auto& instance) { return instance.param.workspace; });

TEST_P(TimeStripOf, IsDraggedWithinItsEnds) {
  driver.session->post(GetParam().play);
  driver.drag(GetParam().name, 0.1f, 0.5f);
  EXPECT_NEAR(time(), 0.5, 0.02);
  EXPECT_FALSE(playing()) << "a hand stops the clock";
  const Box place = driver.place(GetParam().name);
  const float y = (place.min.y + place.max.y) / 2;
  driver.drag(place.min.x + 100, y, place.min.x - 500, y);
  EXPECT_EQ(time(), 0);
  driver.drag(place.min.x + 100, y, place.max.x + 500, y);
  EXPECT_EQ(time(), 1);
}

TEST_P(TimeStripOf, IsSteppedByKeys) {
  focus_on_strip();
  driver.key("Home");
  EXPECT_EQ(time(), 0);
  driver.key("Left");
  EXPECT_EQ(time(), 0);
  driver.key("Right");
  driver.key("Right");
  EXPECT_NEAR(time(), 2 * GetParam().step, 1e-12);
  driver.key("Left");
  EXPECT_NEAR(time(), GetParam().step, 1e-12);
  driver.key("End");
  EXPECT_EQ(time(), 1);
  driver.key("Right");
  EXPECT_EQ(time(), 1);
}

TEST_P(TimeStripOf, PlaysHoldsAndBeginsAgain) {
  focus_on_strip();
  driver.key("Home");
  driver.key("Escape");
  driver.session->post(GetParam().play);
  const auto frames_of = [](double seconds) { return static_cast<int>(60 * seconds); };
  driver.frames(frames_of(GetParam().way) / 2);
  EXPECT_NEAR(time(), 0.5, 0.02);
  driver.frames(frames_of(GetParam().way) / 2 + 5);
  EXPECT_EQ(time(), 1);
  driver.frames(frames_of(GetParam().hold) - 15);
  EXPECT_EQ(time(), 1) << "it stays";
  driver.frames(30);
  EXPECT_GT(time(), 0);
  EXPECT_LT(time(), 0.3) << "and begins again";
}

TEST_P(TimeStripOf, StaysWhereItIsWhileNobodyLooks) {
  focus_on_strip();
  driver.key("Home");
  driver.key("Escape");
  driver.session->post(GetParam().play);
  driver.frames(30);
  driver.session->post("workspace generate");
  const double at = time();
  driver.frames(30);
  EXPECT_EQ(time(), at);
}

}  // namespace
}  // namespace phaseloom
