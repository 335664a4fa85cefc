// SPDX-License-Identifier: MIT
#pragma once
// From a key of the keyboard to the key that is meant. Letters and signs go by what is printed on
// the key in the layout that is in force; digits go by their place in the upper row, since some
// layouts (French, Czech) have them behind Shift; layouts without Latin letters go by place
// altogether.

#include <map>
#include <string>
#include <string_view>

namespace phaseloom {

struct KeyStroke {
  int code = 0;               ///< GLFW's number: the key's place, named after the US layout
  std::string printed;        ///< what the layout has there without Shift (UTF-8); empty: nothing
  bool latin = true;          ///< the layout has Latin letters
  bool ctrl = false;          ///< held down
  bool keypad_digits = true;  ///< Num Lock: the keypad has digits, not arrows
};

/// One of key_names(), or empty: a key that means nothing here.
std::string_view meant_key(const KeyStroke& stroke);

/// A key means until it is let go what it meant when it went down, whatever is pressed or let go
/// beside it meanwhile.
class KeysDown {
 public:
  std::string_view down(const KeyStroke& stroke, bool repeated);
  std::string_view up(const KeyStroke& stroke);

 private:
  std::map<int, std::string_view> meant_;  ///< by code
};

}  // namespace phaseloom
