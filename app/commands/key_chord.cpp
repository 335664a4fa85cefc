// SPDX-License-Identifier: MIT
#include "app/commands/key_chord.hpp"

#include <algorithm>
#include <cctype>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

std::vector<std::string> make_key_names() {
  std::vector<std::string> names;
  for (char c = 'A'; c <= 'Z'; ++c) names.emplace_back(1, c);
  for (char c = '0'; c <= '9'; ++c) names.emplace_back(1, c);
  for (int i = 1; i <= 12; ++i) names.push_back(fmt::format("F{}", i));
  for (const auto* name :
       {"Space", "Enter", "Escape", "Tab", "Backspace", "Delete", "Left", "Right", "Up", "Down",
        "Home", "End", "PageUp", "PageDown", "Plus", "Minus"})
    names.emplace_back(name);
  return names;
}

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

const std::vector<std::string>& key_names() {
  static const std::vector<std::string> names = make_key_names();
  return names;
}

KeyChord parse_chord(std::string_view text) {
  KeyChord chord;
  auto rest = text;
  for (auto plus = rest.find('+'); plus != std::string_view::npos; plus = rest.find('+')) {
    const auto modifier = rest.substr(0, plus);
    bool* held = same(modifier, "Ctrl")    ? &chord.ctrl
                 : same(modifier, "Shift") ? &chord.shift
                 : same(modifier, "Alt")   ? &chord.alt
                                           : nullptr;
    if (!held || *held)
      fail("key: {} is no key; write e.g. Ctrl+Shift+Z, with Ctrl, Shift and Alt", printable(text));
    *held = true;
    rest = rest.substr(plus + 1);
  }
  for (const auto& name : key_names())
    if (same(name, rest)) {
      chord.key = name;
      return chord;
    }
  fail("key: {} is no key; there are A..Z, 0..9, F1..F12, {}", printable(text),
       fmt::join(key_names().begin() + 48, key_names().end(), ", "));
}

std::string print(const KeyChord& chord) {
  return fmt::format("{}{}{}{}", chord.ctrl ? "Ctrl+" : "", chord.shift ? "Shift+" : "",
                     chord.alt ? "Alt+" : "", chord.key);
}

}  // namespace phaseloom
