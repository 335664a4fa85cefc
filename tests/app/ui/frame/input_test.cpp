// SPDX-License-Identifier: MIT
// Several strokes between two frames: none is lost, and each goes where it is meant to.

#include "app/ui/frame/input.hpp"

#include <gtest/gtest.h>

#include "app/commands/verbs.hpp"
#include "app/ui/frame/keys.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

/// A hand that is faster than the frames.
class QuickHand : public testing::Test {
 protected:
  void key(std::string_view chord) {
    InputEvent event;
    event.chord = parse_chord(chord);
    for (const auto kind : {InputEvent::Kind::key_down, InputEvent::Kind::key_up}) {
      event.kind = kind;
      driver.laboratory->input(event);
    }
  }
  /// As a keyboard types: each letter is a key, too.
  void type(std::string_view text) {
    for (const char c : text) {
      InputEvent event;
      event.kind = InputEvent::Kind::key_down;
      if (std::isalpha(static_cast<unsigned char>(c))) event.chord = parse_chord(std::string(1, c));
      if (!event.chord.key.empty()) driver.laboratory->input(event);
      InputEvent letter;
      letter.kind = InputEvent::Kind::text;
      letter.text = std::string(1, c);
      driver.laboratory->input(letter);
      event.kind = InputEvent::Kind::key_up;
      if (!event.chord.key.empty()) driver.laboratory->input(event);
    }
  }
  void click(const std::string& name) {
    const Box box = driver.place(name);
    for (const auto kind :
         {InputEvent::Kind::move, InputEvent::Kind::press, InputEvent::Kind::release}) {
      InputEvent event;
      event.kind = kind;
      event.x = (box.min.x + box.max.x) / 2;
      event.y = (box.min.y + box.max.y) / 2;
      driver.laboratory->input(event);
    }
  }
  /// Until everything has been told; the number of frames that took.
  int frames() {
    int n = 0;
    while (!driver.laboratory->input().empty() && n < 200) {
      driver.frames();
      ++n;
    }
    driver.frames(3);
    return n;
  }

  Driver driver{{1280, 1600}};  // high enough for all sections
};

TEST_F(QuickHand, SavesWhatIsTypedBetweenTwoFrames) {
  const TemporaryFolder folder;
  const std::string path = (folder / "scene.json").string();
  const auto round = driver.scene().round;
  driver.laboratory->transient().may_write = true;
  key("Ctrl+S");
  key("Ctrl+A");
  type(path);
  key("Enter");
  frames();
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_EQ(driver.scene().round, round) << "the n in it was not the key of new noise";
}

TEST_F(QuickHand, OpensAListAndLeavesIt) {
  driver.session->post(verbs::section, "time", "open");
  driver.frames(2);
  click("integrator");
  key("Down");
  key("Enter");
  frames();
  EXPECT_EQ(driver.scene().integrator, Integrator::euler);
  click("integrator");
  key("Down");
  key("Escape");
  key("Space");
  frames();
  EXPECT_EQ(driver.scene().integrator, Integrator::euler);
  EXPECT_TRUE(driver.scene().playing) << "Space came after the list was closed";
}

TEST_F(QuickHand, ClicksTwiceWithinAFrame) {
  click("step");
  click("step");
  EXPECT_GT(frames(), 3) << "down and up are frames of their own";
  EXPECT_EQ(driver.now().step, 2);
}

TEST_F(QuickHand, KeysKeepTheirOrder) {
  for (int i = 0; i < 5; ++i) key("Right");
  key("R");
  key("Right");
  frames();
  EXPECT_EQ(driver.now().step, 1);
}

TEST_F(QuickHand, AHeldKeyRepeatsWithoutAFrameForEach) {
  InputEvent event;
  event.kind = InputEvent::Kind::key_down;
  event.chord = parse_chord("Right");
  driver.laboratory->input(event);
  event.repeated = true;
  for (int i = 0; i < 9; ++i) driver.laboratory->input(event);
  EXPECT_LE(frames(), 2) << "a slow window does not lag behind the key";
  EXPECT_EQ(driver.now().step, 10);
}

TEST_F(QuickHand, LettersAreNoKeysOfTheExperimentWhileADialogIsOpen) {
  const auto round = driver.scene().round;
  key("Ctrl+E");
  key("N");
  frames();
  EXPECT_EQ(driver.scene().round, round);
  key("Escape");
  key("N");
  frames();
  EXPECT_EQ(driver.scene().round, round + 1) << "and are again afterwards";
}

TEST_F(QuickHand, HoldsKnowsWhatIsDown) {
  InputEvent event;
  event.kind = InputEvent::Kind::key_down;
  event.chord = parse_chord("Left");
  driver.laboratory->input(event);
  driver.frames();
  EXPECT_TRUE(driver.laboratory->input().holds("Left"));
  EXPECT_FALSE(driver.laboratory->input().holds("Right"));
  event.kind = InputEvent::Kind::key_up;
  driver.laboratory->input(event);
  driver.frames();
  EXPECT_FALSE(driver.laboratory->input().holds());
}

}  // namespace
}  // namespace phaseloom
