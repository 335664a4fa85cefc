// SPDX-License-Identifier: MIT
// Keys of four keyboards, as GLFW tells them: their place by its US name, and what is printed
// there.

#include "app/ui/frame/key_layout.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

namespace phaseloom {
namespace {

std::string_view us(int code, const char* printed) { return meant_key({code, printed}); }

TEST(KeyLayout, UnitedStates) {
  EXPECT_EQ(us(GLFW_KEY_Q, "q"), "Q");
  EXPECT_EQ(us(GLFW_KEY_1, "1"), "1");
  EXPECT_EQ(us(GLFW_KEY_EQUAL, "="), "Plus");
  EXPECT_EQ(us(GLFW_KEY_MINUS, "-"), "Minus");
  EXPECT_EQ(us(GLFW_KEY_SEMICOLON, ";"), "");
  EXPECT_EQ(us(GLFW_KEY_F1, ""), "F1");
  EXPECT_EQ(us(GLFW_KEY_F12, ""), "F12");
  EXPECT_EQ(us(GLFW_KEY_SPACE, " "), "Space");
}

TEST(KeyLayout, FrenchLettersAreThoseThatArePrinted) {
  EXPECT_EQ(us(GLFW_KEY_Q, "a"), "A");
  EXPECT_EQ(us(GLFW_KEY_A, "q"), "Q");
  EXPECT_EQ(us(GLFW_KEY_W, "z"), "Z");
  EXPECT_EQ(us(GLFW_KEY_SEMICOLON, "m"), "M");
  EXPECT_EQ(us(GLFW_KEY_M, ","), "") << "the comma is not a second M";
}

TEST(KeyLayout, FrenchDigitsGoByPlace) {
  EXPECT_EQ(us(GLFW_KEY_1, "&"), "1");
  EXPECT_EQ(us(GLFW_KEY_2, "é"), "2");
  EXPECT_EQ(us(GLFW_KEY_6, "-"), "6");
  EXPECT_EQ(meant_key({.code = GLFW_KEY_6, .printed = "-", .ctrl = true}), "Minus");
  EXPECT_EQ(meant_key({.code = GLFW_KEY_6, .printed = "6", .ctrl = true}), "6");
}

TEST(KeyLayout, German) {
  EXPECT_EQ(us(GLFW_KEY_Y, "z"), "Z");
  EXPECT_EQ(us(GLFW_KEY_Z, "y"), "Y");
  EXPECT_EQ(us(GLFW_KEY_RIGHT_BRACKET, "+"), "Plus");
  EXPECT_EQ(us(GLFW_KEY_SLASH, "-"), "Minus");
  EXPECT_EQ(us(GLFW_KEY_MINUS, "ß"), "");
  EXPECT_EQ(us(GLFW_KEY_SEMICOLON, "ö"), "");
}

TEST(KeyLayout, LayoutsWithoutLatinLettersGoByPlace) {
  EXPECT_EQ(meant_key({.code = GLFW_KEY_Z, .printed = "я", .latin = false}), "Z");
  EXPECT_EQ(meant_key({.code = GLFW_KEY_A, .printed = "ф", .latin = false}), "A");
  EXPECT_EQ(meant_key({.code = GLFW_KEY_EQUAL, .printed = "=", .latin = false}), "Plus");
  EXPECT_EQ(meant_key({.code = GLFW_KEY_A, .printed = ""}), "A") << "nothing is known of it";
}

TEST(KeyLayout, TheKeypadHasDigitsOrArrows) {
  EXPECT_EQ(us(GLFW_KEY_KP_ADD, "+"), "Plus");
  EXPECT_EQ(us(GLFW_KEY_KP_SUBTRACT, "-"), "Minus");
  EXPECT_EQ(us(GLFW_KEY_KP_ENTER, ""), "Enter");
  EXPECT_EQ(us(GLFW_KEY_KP_3, "3"), "3");
  EXPECT_EQ(meant_key({.code = GLFW_KEY_KP_4, .printed = "4", .keypad_digits = false}), "Left");
  EXPECT_EQ(meant_key({.code = GLFW_KEY_KP_5, .printed = "5", .keypad_digits = false}), "");
}

// On a French keyboard 6 and - share a key, and Ctrl tells which is meant.
TEST(KeyLayout, AKeyMeansUntilItIsLetGoWhatItMeantWhenItWentDown) {
  const KeyStroke with{.code = GLFW_KEY_6, .printed = "-", .ctrl = true};
  const KeyStroke without{.code = GLFW_KEY_6, .printed = "-"};
  KeysDown keys;
  EXPECT_EQ(keys.down(with, false), "Minus");
  EXPECT_EQ(keys.down(without, true), "Minus") << "held, Ctrl let go";
  EXPECT_EQ(keys.up(without), "Minus");
  EXPECT_EQ(keys.down(without, false), "6") << "pressed anew";
  EXPECT_EQ(keys.up(with), "6");
  EXPECT_EQ(keys.up(with), "Minus") << "nothing was known of it";
}

}  // namespace
}  // namespace phaseloom
