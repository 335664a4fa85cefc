// SPDX-License-Identifier: MIT
// A hand that stirs, erases and holds, on the wall and on the enlarged sample.

#include "app/ui/generate/touch_tools.hpp"

#include <gmock/gmock.h>

#include <set>
#include <string_view>

#include "app/commands/verbs.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;

class TouchTools : public testing::Test {
 protected:
  TouchTools() {
    driver.session->post("seek 12");
    driver.frames(2);
    before = *driver.now().state;
  }
  const Touches& touches() { return *driver.now().touches; }
  /// Lanes in which something differs from the beginning.
  std::set<int> lanes_touched() {
    std::set<int> lanes;
    const auto& now = *driver.now().state;
    for (std::size_t i = 0; i < now.size(); ++i)
      if (now[i] != before[i])
        lanes.insert(static_cast<int>(i % static_cast<std::size_t>(driver.now().lanes)));
    return lanes;
  }
  /// A place on the wall of 8 x 8 samples, in samples from its corner.
  ImVec2 on_wall(float column, float row, const char* wall = "wall") {
    const Box box = driver.place(wall);
    return {box.min.x + box.width() * column / 8, box.min.y + box.height() * row / 8};
  }
  Tool tool() { return driver.session->ui().tool; }

  Driver driver{{1280, 900}};
  std::vector<float> before;
};

// Whatever is shown, and however large: the tools can be reached.
TEST(ToolsOfTheWall, NothingCoversThem) {
  for (const Extent extent : {Extent{1024, 640}, Extent{1280, 900}}) {
    Driver driver(extent);
    for (const char* how : {"off", "side", "split", "difference"})
      for (const double zoom : {1.0, 2.0, 8.0})
        for (const int wall : {8, 9}) {
          driver.session->set("wall", wall);
          driver.session->post(verbs::compare, how);
          driver.session->post(verbs::zoom, zoom, 0.5, 0.5);
          driver.frames(3);
          const char* leftmost = std::string_view(how) == "side" ? "ideal wall" : "wall";
          EXPECT_LE(driver.place("tool hold").max.x, driver.place(leftmost).min.x)
              << how << ", " << zoom << " times, " << wall << " x " << wall;
        }
  }
}

TEST_F(TouchTools, AClickStirsTheSampleUnderIt) {
  driver.click("tool stir");
  EXPECT_EQ(tool(), Tool::stir);
  const ImVec2 at = on_wall(2.5f, 1.5f);
  driver.click(at.x, at.y);
  EXPECT_THAT(lanes_touched(), ElementsAre(10));
  EXPECT_EQ(driver.session->ui().pinned, -1) << "a touch pins nothing";
  ASSERT_EQ(touches().size(), 1u);
  EXPECT_EQ(touches()[0].kind, Touch::Kind::stir);
  EXPECT_NEAR(touches()[0].row, 14, 1);
  EXPECT_NEAR(touches()[0].column, 14, 1);
  EXPECT_EQ(driver.now().undo_label, "Stir sample 10");
  driver.key("Ctrl+Z");
  EXPECT_EQ(*driver.now().state, before);
  driver.key("Ctrl+Shift+Z");
  EXPECT_THAT(lanes_touched(), ElementsAre(10));
}

TEST_F(TouchTools, LookingTouchesNothing) {
  driver.click("tool hold");
  driver.click("tool look");
  const ImVec2 at = on_wall(2.5f, 1.5f);
  driver.click(at.x, at.y);
  EXPECT_TRUE(touches().empty());
  EXPECT_EQ(driver.session->ui().pinned, 10);
}

TEST_F(TouchTools, AStrokeIsOneEntryWithoutGaps) {
  driver.click("tool hold");
  driver.session->post(verbs::brush, 1);
  const ImVec2 a = on_wall(3.1f, 4.5f), b = on_wall(3.9f, 4.5f);
  driver.drag(a.x, a.y, b.x, b.y, 2);
  driver.frames();
  std::set<int> columns;
  for (const UnitState& held : held_at(touches(), 12, driver.now().model->program)) {
    EXPECT_EQ(held.lane, 35);
    columns.insert(held.unit % 28);
  }
  EXPECT_GE(columns.size(), 22u);
  EXPECT_EQ(*columns.rbegin() - *columns.begin() + 1, static_cast<int>(columns.size()));
  driver.key("Ctrl+Z");
  EXPECT_TRUE(touches().empty());
  EXPECT_EQ(*driver.now().state, before);
}

TEST_F(TouchTools, BarsSetBrushAndTone) {
  const Box brush = driver.place("brush");
  driver.click("brush");
  EXPECT_EQ(driver.session->ui().brush, 2) << "dimmed while one looks";
  driver.click("tool hold");
  driver.click("brush");
  EXPECT_NEAR(driver.session->ui().brush, 3.5, 0.5);
  EXPECT_EQ(driver.place("brush").min.x, brush.min.x) << "nothing moves";
  const Box tone = driver.place("tone");
  driver.click((tone.min.x + tone.max.x) / 2, tone.max.y - 2);
  EXPECT_NEAR(driver.session->ui().tone, 0, 0.04);
  const ImVec2 at = on_wall(0.5f, 0.5f);
  driver.click(at.x, at.y);
  EXPECT_NEAR(driver.now().pixels->at(14 * 28 + 14), 0, 0.04) << "held black";
  driver.session->post("step 5");
  driver.frames();
  EXPECT_NEAR(driver.now().pixels->at(14 * 28 + 14), 0, 0.04) << "and it stays";
}

TEST_F(TouchTools, WorksOnTheEnlargedSampleToo) {
  driver.session->post(verbs::pin, 20);
  driver.frames(2);
  driver.click("tool erase");
  const Box sample = driver.place("sample");
  driver.click(sample.min.x + sample.width() / 4, sample.min.y + sample.height() / 2);
  EXPECT_THAT(lanes_touched(), ElementsAre(20));
  ASSERT_FALSE(touches().empty());
  EXPECT_NEAR(touches()[0].column, 7, 1);
  EXPECT_NEAR(touches()[0].row, 14, 1);
  EXPECT_EQ(driver.session->ui().picked, -1);
}

TEST_F(TouchTools, BothWallsOfAComparison) {
  driver.session->post(verbs::compare, "side");
  driver.frames(2);
  driver.click("tool stir");
  for (const char* wall : {"wall", "ideal wall"}) {
    const Box box = driver.place(wall);
    const auto count = touches().size();
    driver.click(box.min.x + 6, box.min.y + 6);
    ASSERT_GT(touches().size(), count) << wall;
    EXPECT_EQ(touches().back().lane, 0);
  }
  EXPECT_THAT(lanes_touched(), ElementsAre(0));
  EXPECT_EQ(*driver.now().ideal.state, *driver.now().state) << "the twin is touched alike";
}

TEST_F(TouchTools, KeysChooseTheToolAndTouch) {
  driver.key("B");
  EXPECT_EQ(tool(), Tool::stir);
  driver.key("B");
  driver.key("B");
  EXPECT_EQ(tool(), Tool::hold);
  driver.key("Escape");
  EXPECT_EQ(tool(), Tool::look);
  driver.key("B");
  const Focus& focus = driver.laboratory->transient().focus;
  for (int zone = 0; zone < 3; ++zone) driver.key("F6");
  for (int i = 0; i < 20 && focus.box.height() < 300; ++i) driver.key("Tab");
  driver.key("Shift+Right");
  driver.key("Down");
  driver.key("Enter");
  EXPECT_THAT(lanes_touched(), ElementsAre(1));
  EXPECT_EQ(touches().back().row, 1);
}

TEST_F(TouchTools, ARestingHandGoesOnStirringAsTimePasses) {
  driver.click("tool stir");
  driver.session->post("play");
  const ImVec2 at = on_wall(2.5f, 1.5f);
  driver.move(at.x, at.y);
  driver.press();
  driver.frames(40);
  driver.release();
  driver.frames();
  std::set<int> steps;
  for (const Touch& touch : touches()) steps.insert(touch.step);
  EXPECT_GT(steps.size(), 4u);
  driver.session->post("undo");
  EXPECT_TRUE(touches().empty()) << "one stroke, one entry";
}

TEST_F(TouchTools, TheTraceKeepsTheCourseThatWasLeft) {
  driver.session->post("run");
  driver.frames();
  for (int step = 47; step >= 0; --step) {
    driver.session->post(verbs::seek, step);
    driver.frames();
  }
  driver.session->post("seek 20");
  driver.frames();
  const auto& traces = driver.laboratory->transient().traces;
  ASSERT_EQ(traces.moments().size(), 49u);
  driver.session->post("touch stir 0 14 14 14");
  driver.frames();
  EXPECT_EQ(traces.branched_at(), 20);
  EXPECT_EQ(traces.left().size(), 29u);
  EXPECT_EQ(traces.moments().size(), 21u) << "what comes is another course";
  driver.session->post("undo");
  driver.frames();
  EXPECT_EQ(traces.moments().size(), 21u);
}

// Tools never lie over what is below the wall.
TEST(TouchToolsInALowWindow, StandInColumns) {
  Driver driver({1024, 768});
  const auto columns = [&] {
    std::set<float> left;
    for (const char* tool : {"tool look", "tool stir", "tool erase", "tool hold"}) {
      const Box box = driver.place(tool);
      EXPECT_LE(box.max.y, driver.place("cost strip").min.y) << tool;
      left.insert(box.min.x);
    }
    return left.size();
  };
  driver.frames(3);
  EXPECT_EQ(columns(), 1U);
  for (const char* line : {"lesson.language en", "lesson.open what-it-costs", "present 200"})
    driver.session->post(std::string_view(line));
  driver.frames(10);
  EXPECT_GT(columns(), 1U);
}

}  // namespace
}  // namespace phaseloom
