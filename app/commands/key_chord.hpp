// SPDX-License-Identifier: MIT
#pragma once
// Keys and what is held down along with them, as scripts write them.

#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

/// "Ctrl+Shift+Z": a key with what is held down along with it.
struct KeyChord {
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  std::string key;  ///< one of key_names()
  bool operator==(const KeyChord&) const = default;
};

/// "A".."Z", "0".."9", "F1".."F12", "Space", "Enter", "Escape", "Tab", "Backspace", "Delete",
/// "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Plus", "Minus".
const std::vector<std::string>& key_names();
/// Throws Error. Upper and lower case are the same.
KeyChord parse_chord(std::string_view text);
std::string print(const KeyChord& chord);

}  // namespace phaseloom
