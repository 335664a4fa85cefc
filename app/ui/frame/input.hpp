// SPDX-License-Identifier: MIT
#pragma once
// From what hands do to what a frame is told. Several events may come between two frames, and ImGui
// looks at the state at the start of a frame only: a key or button that went down and up in between
// would not have been touched. So the queue hands out what can be told apart within one frame, in
// its order, and keeps the rest for the next.

#include <imgui.h>

#include <deque>
#include <set>
#include <vector>

#include "app/session/script_host.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

class InputQueue {
 public:
  void push(const InputEvent& event) { events_.push_back(event); }
  /// Tells `io` the events of the next frame and returns the keys among them that went down.
  std::vector<KeyPress> feed(ImGuiIO& io);
  bool empty() const { return events_.empty(); }
  /// Whether anything is held down: keys or buttons.
  bool holds() const { return !keys_.empty() || buttons_ != 0; }
  /// Whether a key of key_names() is held down, as far as it was told.
  bool holds(std::string_view key) const { return keys_.contains(key); }

 private:
  struct Told;  // in one frame so far
  bool fits(const InputEvent& event, const Told& told, bool typing) const;

  std::deque<InputEvent> events_;
  std::set<std::string, std::less<>> keys_;
  unsigned buttons_ = 0;
};

/// For surfaces without a display: the same picture whenever it is taken.
void prepare_input(ImGuiIO& io);

}  // namespace phaseloom
