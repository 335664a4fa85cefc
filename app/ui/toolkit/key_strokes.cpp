// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/key_strokes.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>

#include "app/commands/key_chord.hpp"

namespace phaseloom {
namespace {

struct NamedKey {
  std::string_view name;
  int code;
};
constexpr NamedKey kNamed[] = {
    {"Space", GLFW_KEY_SPACE},    {"Enter", GLFW_KEY_ENTER},         {"Escape", GLFW_KEY_ESCAPE},
    {"Tab", GLFW_KEY_TAB},        {"Backspace", GLFW_KEY_BACKSPACE}, {"Delete", GLFW_KEY_DELETE},
    {"Left", GLFW_KEY_LEFT},      {"Right", GLFW_KEY_RIGHT},         {"Up", GLFW_KEY_UP},
    {"Down", GLFW_KEY_DOWN},      {"Home", GLFW_KEY_HOME},           {"End", GLFW_KEY_END},
    {"PageUp", GLFW_KEY_PAGE_UP}, {"PageDown", GLFW_KEY_PAGE_DOWN},  {"Plus", GLFW_KEY_EQUAL},
    {"Minus", GLFW_KEY_MINUS},
};

}  // namespace

int key_code(std::string_view name) {
  for (const NamedKey& key : kNamed)
    if (key.name == name) return key.code;
  if (name.size() == 1 &&
      ((name[0] >= 'A' && name[0] <= 'Z') || (name[0] >= '0' && name[0] <= '9')))
    return name[0];  // GLFW's numbers are ASCII here
  if (name.size() >= 2 && name.size() <= 3 && name[0] == 'F') {
    int number = 0;
    for (const char digit : name.substr(1)) number = 10 * number + (digit - '0');
    if (number >= 1 && number <= 12) return GLFW_KEY_F1 + number - 1;
  }
  return 0;
}

KeyPress key_press(std::string_view text) {
  const KeyChord chord = parse_chord(text);
  return {key_code(chord.key), chord.ctrl, chord.shift, chord.alt};
}

bool is_press(const KeyPress& press, const KeyPress& wanted) {
  return press.code == wanted.code && press.ctrl == wanted.ctrl && press.shift == wanted.shift &&
         press.alt == wanted.alt;
}

bool pressed(const UiContext& ctx, std::string_view chord) {
  const KeyPress wanted = key_press(chord);
  return std::ranges::any_of(ctx.transient.key_presses,
                             [&](const KeyPress& press) { return is_press(press, wanted); });
}

}  // namespace phaseloom
