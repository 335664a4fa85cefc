// SPDX-License-Identifier: MIT
// Numbers in bars: what leads to typing is no change of its own.
#include <gtest/gtest.h>

#include <functional>

#include "app/ui/frame/input.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

struct Fields : testing::Test {
  Fields() {
    driver.session->set("hardware.phase_noise", 0.1);
    driver.session->set("seed", 5);
    driver.frames(2);
    const Box box = driver.place("hardware.phase_noise");
    x = box.min.x + 0.8f * box.width();
    y = (box.min.y + box.max.y) / 2;
  }

  void hold_ctrl(bool held) {
    InputEvent event;
    event.kind = InputEvent::Kind::modifiers;
    event.chord.ctrl = held;
    driver.laboratory->input(event);
    driver.frames();
  }

  /// From Escape and from a number that is entered; `begin` leads to the text field.
  void expect_one_entry_at_most(const std::function<void()>& begin) {
    begin();
    ASSERT_NE(driver.laboratory->transient().typing.item, 0U);
    driver.key("Escape");
    driver.frames(40);  // else the next press belongs to these
    EXPECT_EQ(driver.scene().hardware.phase_noise, 0.1);
    EXPECT_EQ(driver.now().undo_label, "Seed 5") << "nothing has changed";
    begin();
    driver.key("Ctrl+A");
    driver.type("0.25");
    driver.key("Enter");
    driver.frames(40);
    EXPECT_EQ(driver.scene().hardware.phase_noise, 0.25);
    driver.session->post(std::string_view("undo"));
    driver.frames();
    EXPECT_EQ(driver.scene().hardware.phase_noise, 0.1);
    EXPECT_EQ(driver.now().undo_label, "Seed 5") << "it was one entry";
  }

  Driver driver;
  float x = 0, y = 0;
};

TEST_F(Fields, ADoubleClickAndANumberAreOneEntryOfUndo) {
  expect_one_entry_at_most([&] { driver.double_click(x, y); });
}

TEST_F(Fields, CtrlAndAClickAreNoChange) {
  expect_one_entry_at_most([&] {
    hold_ctrl(true);
    driver.click(x, y);
    hold_ctrl(false);
  });
}

TEST_F(Fields, APressAloneIsAnEntry) {
  driver.click(x, y);
  EXPECT_NE(driver.now().undo_label, "Seed 5");
  driver.session->post(std::string_view("undo"));
  driver.frames();
  EXPECT_EQ(driver.now().undo_label, "Seed 5");
}

// The playground's own sliders change its network, not a value of the scene's table.
TEST_F(Fields, ADragOfAUnitsFrequencyIsOneEntry) {
  for (const char* line : {"workspace learn", "playground.preset own", "playground.step 2"})
    driver.session->post(std::string_view(line));
  driver.frames(3);
  const std::string before = driver.now().undo_label;
  driver.session->post(std::string_view("playground.pick 2"));
  driver.frames(3);
  driver.drag("unit detuning", 0.5f, 0.9f);
  driver.frames(2);
  ASSERT_NE(driver.now().undo_label, before);
  driver.session->post(std::string_view("undo"));
  driver.frames();
  EXPECT_EQ(driver.now().undo_label, before);
}

}  // namespace
}  // namespace phaseloom
