// SPDX-License-Identifier: MIT
// Prototypes drawn by a hand, from the stroke to the computer that has learnt it.

#include "app/ui/thermo/drawing_pad.hpp"

#include <gtest/gtest.h>

#include "app/session/thermo_part.hpp"
#include "engine/network/model_file.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

class DrawnPrototypes : public testing::Test {
 protected:
  DrawnPrototypes() { driver.frames(2); }

  static SessionOptions options() {
    SessionOptions options = test::thermo_options();
    options.loader = [](const std::string& name) {
      return name == "warm" ? test::small_thermo() : load_model(name);
    };
    return options;
  }
  const DrawingPad& pad() { return driver.laboratory->transient().kept.of<DrawingPad>(); }
  const std::string& drawings() { return driver.scene().thermo.drawings; }
  std::vector<ThermoDrawing> drawn() { return parse_thermo_drawings(drawings(), "drawings"); }
  const ThermoPart& part() { return driver.session->part<ThermoPart>(); }
  std::string last_message() { return driver.now().messages->back().text; }

  void open(int place = 1) {
    driver.click("drawing place " + std::to_string(place));
    driver.frames();
  }
  /// Across the pad at a share of its height; 1 is the right button.
  void stroke(float t, int button = 0) {
    const Box box = driver.place("pad");
    const float y = box.min.y + t * box.height();
    driver.move(box.min.x + 0.2f * box.width(), y);
    driver.press(button);
    for (int i = 1; i <= 10; ++i)
      driver.move(box.min.x + (0.2f + 0.06f * float(i)) * box.width(), y);
    driver.release(button);
    driver.frames();
  }

  Driver driver{{1024, 640}, 1, options()};
};

TEST_F(DrawnPrototypes, AreTakenAsOneEntryOfUndo) {
  open();
  EXPECT_FALSE(driver.has("heat wall")) << "the pad has the stage to itself";
  stroke(0.5f);
  stroke(0.7f);
  EXPECT_EQ(drawings(), "none") << "not taken yet";
  driver.click("take drawing");
  driver.frames();
  ASSERT_EQ(drawn().size(), 1u);
  for (const int row : {13, 14, 19})
    EXPECT_EQ(drawn()[0].levels[static_cast<std::size_t>(row * 28 + 14)], 15) << row;
  EXPECT_EQ(drawn()[0].levels[5 * 28 + 14], 0);
  EXPECT_FALSE(pad().is_open());
  EXPECT_TRUE(driver.has("heat wall"));
  driver.key("Ctrl+Z");
  EXPECT_EQ(drawings(), "none");
  driver.key("Ctrl+Shift+Z");
  EXPECT_EQ(drawn().size(), 1u);
}

TEST_F(DrawnPrototypes, StrokesAreTakenBackErasedAndCleared) {
  open();
  stroke(0.3f);
  const ThermoDrawing first = pad().draft().picture;
  stroke(0.6f);
  driver.key("Ctrl+Z");
  EXPECT_EQ(pad().draft().picture, first);
  stroke(0.3f, 1);
  EXPECT_NE(pad().draft().picture, first) << "the right button erases";
  driver.click("undo");
  EXPECT_EQ(pad().draft().picture, first);
  driver.click("Erase");
  stroke(0.3f);
  EXPECT_NE(pad().draft().picture, first) << "and so does the left one, if it is said";
  driver.click("Draw");
  stroke(0.3f);
  driver.click("clear pad");
  EXPECT_EQ(pad().draft().picture, ThermoDrawing());
  driver.key("Ctrl+Z");
  EXPECT_EQ(pad().draft().picture, first);
  driver.key("Ctrl+Z");
  driver.key("Ctrl+Z");
  driver.key("Ctrl+Z");
  EXPECT_EQ(pad().draft().picture, ThermoDrawing());
  driver.key("Ctrl+Z");
  EXPECT_EQ(drawings(), "none");
  EXPECT_TRUE(pad().is_open());
}

TEST_F(DrawnPrototypes, EscapeLeavesThePadAndCancelDropsIt) {
  open();
  stroke(0.5f);
  const ThermoDrawing before = pad().draft().picture;
  driver.key("Escape");
  EXPECT_FALSE(pad().is_open());
  EXPECT_EQ(drawings(), "none");
  open();
  EXPECT_EQ(pad().draft().picture, before) << "left, not lost";
  driver.click("cancel drawing");
  EXPECT_FALSE(pad().is_open());
  open();
  EXPECT_EQ(pad().draft().picture, ThermoDrawing());
}

TEST_F(DrawnPrototypes, AreChangedAndTakenOut) {
  open(1);
  stroke(0.3f);
  driver.key("Enter");
  open(2);
  stroke(0.6f);
  driver.key("Enter");
  ASSERT_EQ(drawn().size(), 2u);
  const auto both = drawn();
  open(1);
  EXPECT_EQ(pad().draft().picture, both[0]);
  stroke(0.8f);
  driver.click("take drawing");
  EXPECT_NE(drawn()[0], both[0]);
  EXPECT_EQ(drawn()[1], both[1]);
  open(1);
  driver.click("take out drawing");
  EXPECT_EQ(drawn(), std::vector{both[1]});
  // The last prototype stays.
  driver.click("prototype 0");
  driver.click("prototype 1");
  EXPECT_EQ(driver.scene().thermo.digits, "none");
  open(1);
  driver.click("take out drawing");
  EXPECT_EQ(drawn(), std::vector{both[1]});
}

TEST_F(DrawnPrototypes, ABlankPadIsNotTaken) {
  open();
  driver.click("take drawing");
  EXPECT_TRUE(pad().is_open()) << "dimmed";
  driver.key("Enter");
  driver.frames();
  EXPECT_TRUE(pad().is_open());
  EXPECT_EQ(last_message(), "This drawing is nearly blank; a few strokes would be right");
  EXPECT_EQ(drawings(), "none");
  open(3);
  EXPECT_EQ(pad().open, 0) << "places are filled one after the other";
}

TEST_F(DrawnPrototypes, AreLearntAndSeenToDissolve) {
  const TemporaryFolder folder;
  open();
  stroke(0.5f);
  driver.key("T");  // takes what is on the stage
  EXPECT_EQ(part().training()->state, ThermoTrainingSnapshot::State::running);
  driver.session->post("thermo.advance 2");
  driver.frames(2);
  EXPECT_EQ(part().training()->cycle, 2);
  EXPECT_EQ(part().run()->prototypes->names().back(), "drawn 1");
  EXPECT_EQ(part().run()->noising.size(), 3u);

  const auto file = (folder / "mine.safetensors").string();
  driver.session->post("thermo.keep " + file);
  driver.session->post("thermo.stop");
  driver.session->post("set thermo.drawings none");
  driver.session->post("heat.source model");
  driver.session->post("set thermo.model " + file);
  driver.frames(2);
  const ThermoRunSnapshot& run = *part().run();
  ASSERT_EQ(run.state, ThermoRunSnapshot::State::ready) << run.reason;
  ASSERT_TRUE(run.prototypes) << run.no_prototypes;
  EXPECT_EQ(run.prototypes->names().back(), "drawn 1");
  // The noising begins with the stroke in it.
  const auto& start = *run.noising[2].front();
  EXPECT_GT(start[14 * 28 + 14], start[4 * 28 + 14] + 0.5f);
}

TEST_F(DrawnPrototypes, AloneAreReadByNobody) {
  open();
  stroke(0.5f);
  driver.key("Enter");
  driver.click("prototype 0");
  driver.click("prototype 1");
  driver.click("thermo train");
  driver.session->post("thermo.advance 1");
  driver.frames(2);
  const ThermoRunSnapshot& run = *part().run();
  ASSERT_EQ(run.state, ThermoRunSnapshot::State::ready) << run.reason;
  EXPECT_EQ(run.noising.size(), 1u);
  EXPECT_EQ(run.counts.judged, 0) << "the classifier knows digits";
  EXPECT_EQ(run.unreadable, "there is no classifier for these pictures");
}

TEST_F(DrawnPrototypes, AreDrawnByKeysAlone) {
  Focus& focus = driver.laboratory->transient().focus;
  const auto to = [&](const std::string& name) {
    for (int i = 0; i < 150; ++i) {
      driver.key("Tab");
      driver.frames();
      if (!driver.has(name) || !focus.on) continue;
      const Box place = driver.place(name);
      if (focus.box.min.x == place.min.x && focus.box.min.y == place.min.y) return true;
    }
    return false;
  };
  ASSERT_TRUE(to("drawing place 1"));
  driver.key("Enter");
  driver.frames();
  ASSERT_TRUE(pad().is_open());
  ASSERT_TRUE(to("pad"));
  for (int i = 0; i < 6; ++i) {
    driver.key("Space");
    driver.key("Right");
  }
  driver.key("Down");
  driver.key("Space");
  EXPECT_EQ(pad().draft().before.size(), 7u);
  driver.key("Enter");
  driver.frames();
  EXPECT_FALSE(pad().is_open());
  EXPECT_EQ(drawn().size(), 1u);
}

TEST_F(DrawnPrototypes, Golden) {
  open();
  stroke(0.3f);
  driver.key("Enter");
  open(2);
  stroke(0.6f);
  driver.frames(2);
  EXPECT_TRUE(matches_golden(driver.picture(), "thermo_drawing"));
}

}  // namespace
}  // namespace phaseloom
