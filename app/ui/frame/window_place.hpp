// SPDX-License-Identifier: MIT
#pragma once
// Where the window lies, how large, maximised or full screen: noted while it is used, so that the
// next start finds it there again.

#include "app/document/ui_state.hpp"

struct GLFWwindow;

namespace phaseloom {

class WindowPlace {
 public:
  /// `ui` says where the window was; full screen is entered at once if it was then.
  WindowPlace(GLFWwindow* window, const UiState& ui);

  /// Full screen on the monitor that the window is on, and back to where it was.
  void toggle_full_screen();
  /// Notes in `ui` where the window is now.
  void note(UiState& ui) const;

 private:
  bool full_screen() const;

  GLFWwindow* window_;
  int x_ = 0, y_ = 0, width_ = 1280, height_ = 800;  ///< before full screen
};

}  // namespace phaseloom
