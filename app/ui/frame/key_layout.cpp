// SPDX-License-Identifier: MIT
#include "app/ui/frame/key_layout.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <string_view>

#include "app/session/script_host.hpp"

namespace phaseloom {
namespace {

/// Keys that every layout has in the same place, and those of the keypad.
constexpr struct {
  int code;
  std::string_view name;
} kPlaces[] = {
    {GLFW_KEY_SPACE, "Space"},    {GLFW_KEY_ENTER, "Enter"},         {GLFW_KEY_ESCAPE, "Escape"},
    {GLFW_KEY_TAB, "Tab"},        {GLFW_KEY_BACKSPACE, "Backspace"}, {GLFW_KEY_DELETE, "Delete"},
    {GLFW_KEY_LEFT, "Left"},      {GLFW_KEY_RIGHT, "Right"},         {GLFW_KEY_UP, "Up"},
    {GLFW_KEY_DOWN, "Down"},      {GLFW_KEY_HOME, "Home"},           {GLFW_KEY_END, "End"},
    {GLFW_KEY_PAGE_UP, "PageUp"}, {GLFW_KEY_PAGE_DOWN, "PageDown"},  {GLFW_KEY_KP_ENTER, "Enter"},
    {GLFW_KEY_KP_ADD, "Plus"},    {GLFW_KEY_KP_SUBTRACT, "Minus"},
};

/// The keypad without Num Lock, from 0 to 9.
constexpr std::string_view kKeypad[] = {"", "End",   "Down", "PageDown", "Left",
                                        "", "Right", "Home", "Up",       "PageUp"};

/// One of key_names() of one letter or digit.
std::string_view name_of(char c) {
  const auto& names = key_names();
  const auto found = std::ranges::find(names, std::string(1, c));
  return found == names.end() ? std::string_view() : std::string_view(*found);
}

std::string_view sign(std::string_view printed) {
  if (printed == "+" || printed == "=") return "Plus";
  return printed == "-" ? "Minus" : std::string_view();
}

}  // namespace

std::string_view meant_key(const KeyStroke& stroke) {
  const int code = stroke.code;
  for (const auto& place : kPlaces)
    if (place.code == code) return place.name;
  if (code >= GLFW_KEY_F1 && code <= GLFW_KEY_F12) {
    // After 26 letters and 10 digits.
    return key_names()[static_cast<std::size_t>(36 + code - GLFW_KEY_F1)];
  }
  if (code >= GLFW_KEY_KP_0 && code <= GLFW_KEY_KP_9)
    return stroke.keypad_digits ? name_of(static_cast<char>('0' + code - GLFW_KEY_KP_0))
                                : kKeypad[code - GLFW_KEY_KP_0];
  // Where a sign shares its key with a digit, Ctrl tells them apart: Ctrl with a sign is text size.
  if (stroke.ctrl && !sign(stroke.printed).empty()) return sign(stroke.printed);
  if (code >= GLFW_KEY_0 && code <= GLFW_KEY_9) return name_of(static_cast<char>(code));
  if (stroke.printed.size() == 1) {
    const char c = stroke.printed[0];
    if (c >= 'a' && c <= 'z') return name_of(static_cast<char>(c - 'a' + 'A'));
    if (c >= 'A' && c <= 'Z') return name_of(c);
  }
  if (const auto found = sign(stroke.printed); !found.empty()) return found;
  if (stroke.latin && !stroke.printed.empty()) return {};
  if (code >= GLFW_KEY_A && code <= GLFW_KEY_Z) return name_of(static_cast<char>(code));
  if (code == GLFW_KEY_EQUAL) return "Plus";
  return code == GLFW_KEY_MINUS ? "Minus" : std::string_view();
}

std::string_view KeysDown::down(const KeyStroke& stroke, bool repeated) {
  const auto held = meant_.find(stroke.code);
  if (repeated && held != meant_.end()) return held->second;
  return meant_[stroke.code] = meant_key(stroke);
}

std::string_view KeysDown::up(const KeyStroke& stroke) {
  const auto held = meant_.extract(stroke.code);
  return held ? held.mapped() : meant_key(stroke);
}

}  // namespace phaseloom
