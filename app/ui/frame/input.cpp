// SPDX-License-Identifier: MIT
#include "app/ui/frame/input.hpp"

#include "app/ui/toolkit/imgui_versions.hpp"
#include "app/ui/toolkit/key_strokes.hpp"

namespace phaseloom {

struct InputQueue::Told {
  unsigned buttons = 0;                     ///< that went down or up
  std::set<std::string, std::less<>> keys;  ///< likewise, of those that ImGui listens to
  bool pressed = false;                     ///< a key that may mean something outside text fields
  bool scrolled = false, text = false;
};

namespace {

/// Whether a key does anything in a text field: letters do with Ctrl.
bool reaches_text(const InputEvent& event) {
  return is_fed(event.chord.key) && (event.chord.key.size() > 1 || event.chord.ctrl);
}

}  // namespace

bool InputQueue::fits(const InputEvent& event, const Told& told, bool typing) const {
  using Kind = InputEvent::Kind;
  switch (event.kind) {
    case Kind::move:
      return told.buttons == 0 && !told.scrolled;
    case Kind::press:
    case Kind::release:
      return !(told.buttons & 1u << event.button) && !told.scrolled;
    case Kind::scroll:
      return told.buttons == 0;
    case Kind::key_down:
      // What a key does may put the cursor into a text field or open a list that the next key is
      // meant for.
      if (!typing && told.pressed && !event.repeated) return false;
      [[fallthrough]];
    case Kind::key_up:
      return !reaches_text(event) || ((event.repeated || !told.keys.contains(event.chord.key)) &&
                                      !told.text && told.buttons == 0);
    case Kind::modifiers:
      return true;
    case Kind::text:
      return told.keys.empty() && (typing || !told.pressed) && told.buttons == 0;
  }
  return true;
}

std::vector<KeyPress> InputQueue::feed(ImGuiIO& io) {
  using Kind = InputEvent::Kind;
  const bool typing = io.WantTextInput;
  std::vector<KeyPress> presses;
  Told told;
  for (; !events_.empty() && fits(events_.front(), told, typing); events_.pop_front()) {
    const InputEvent& event = events_.front();
    const KeyChord& chord = event.chord;
    switch (event.kind) {
      case Kind::move:
        feed_pointer(io, static_cast<float>(event.x), static_cast<float>(event.y));
        break;
      case Kind::press:
      case Kind::release:
        feed_button(io, event.button, event.kind == Kind::press);
        told.buttons |= 1u << event.button;
        if (event.kind == Kind::press)
          buttons_ |= 1u << event.button;
        else
          buttons_ &= ~(1u << event.button);
        break;
      case Kind::scroll:
        feed_wheel(io, static_cast<float>(event.y));
        told.scrolled = true;
        break;
      case Kind::key_down:
        feed_modifiers(io, chord.ctrl, chord.shift, chord.alt);
        feed_key(io, chord.key, true);
        presses.push_back(
            {key_code(chord.key), chord.ctrl, chord.shift, chord.alt, event.repeated});
        keys_.insert(chord.key);
        told.pressed = true;
        if (reaches_text(event)) told.keys.insert(chord.key);
        break;
      case Kind::key_up:
        feed_modifiers(io, false, false, false);
        feed_key(io, chord.key, false);
        keys_.erase(chord.key);
        if (reaches_text(event)) told.keys.insert(chord.key);
        break;
      case Kind::modifiers:
        feed_modifiers(io, chord.ctrl, chord.shift, chord.alt);
        break;
      case Kind::text:
        io.AddInputCharactersUTF8(event.text.c_str());
        told.text = true;
        break;
    }
  }
  return presses;
}

void prepare_input(ImGuiIO& io) {
  io.ConfigInputTextCursorBlink = false;
  feed_pointer(io, -1000, -1000);
}

}  // namespace phaseloom
