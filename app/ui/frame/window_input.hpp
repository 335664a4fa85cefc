// SPDX-License-Identifier: MIT
#pragma once
// What a person does to the window, as the same events that a script's hand makes; and what the
// window does for a person in return: the pointer's shape, the clipboard.

#include <string>
#include <vector>

#include "app/ui/frame/key_layout.hpp"
#include "app/ui/frame/laboratory.hpp"

struct GLFWcursor;
struct GLFWwindow;

namespace phaseloom {

class WindowInput {
 public:
  /// Both must outlive it. No other callbacks are set on the window.
  WindowInput(GLFWwindow* window, Laboratory& laboratory);
  ~WindowInput();
  WindowInput(const WindowInput&) = delete;
  WindowInput& operator=(const WindowInput&) = delete;

  /// Files that were dropped on the window since the last call.
  std::vector<std::string> take_dropped() { return std::exchange(dropped_, {}); }
  /// Whether anything was done since the last call.
  bool take_activity() { return std::exchange(active_, false); }
  /// After a frame: the pointer looks as what is under it asks for.
  void show_pointer();

 private:
  static WindowInput& of(GLFWwindow* window);
  void push(const InputEvent& event);
  void move(double x, double y);
  void key(int code, int scancode, int action, int mods);

  GLFWwindow* window_;
  Laboratory& laboratory_;
  std::vector<std::string> dropped_;
  KeysDown keys_;
  bool active_ = false;
  GLFWcursor* shapes_[ImGuiMouseCursor_COUNT] = {};
};

}  // namespace phaseloom
