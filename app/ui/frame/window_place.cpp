// SPDX-License-Identifier: MIT
#include "app/ui/frame/window_place.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>

namespace phaseloom {
namespace {

/// The monitor that most of a window is on.
GLFWmonitor* monitor_under(GLFWwindow* window) {
  int x = 0, y = 0, width = 0, height = 0, count = 0;
  glfwGetWindowPos(window, &x, &y);
  glfwGetWindowSize(window, &width, &height);
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  GLFWmonitor* best = glfwGetPrimaryMonitor();
  int best_area = 0;
  for (int i = 0; i < count; ++i) {
    int mx = 0, my = 0;
    glfwGetMonitorPos(monitors[i], &mx, &my);
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (!mode) continue;
    const int w = std::min(x + width, mx + mode->width) - std::max(x, mx);
    const int h = std::min(y + height, my + mode->height) - std::max(y, my);
    if (w > 0 && h > 0 && w * h > best_area) {
      best_area = w * h;
      best = monitors[i];
    }
  }
  return best;
}

}  // namespace

WindowPlace::WindowPlace(GLFWwindow* window, const UiState& ui) : window_(window) {
  if (ui.window == WindowMode::full_screen) toggle_full_screen();
}

bool WindowPlace::full_screen() const { return glfwGetWindowMonitor(window_) != nullptr; }

void WindowPlace::toggle_full_screen() {
  if (full_screen()) {
    glfwSetWindowMonitor(window_, nullptr, x_, y_, width_, height_, GLFW_DONT_CARE);
    return;
  }
  GLFWmonitor* monitor = monitor_under(window_);
  const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
  if (!mode) return;
  glfwGetWindowPos(window_, &x_, &y_);
  glfwGetWindowSize(window_, &width_, &height_);
  glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void WindowPlace::note(UiState& ui) const {
  const bool maximized = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE;
  ui.window = full_screen() ? WindowMode::full_screen
              : maximized   ? WindowMode::maximized
                            : WindowMode::normal;
  // What it goes back to is where it was before, and stays noted.
  if (ui.window != WindowMode::normal) return;
  int x = 0, y = 0, width = 0, height = 0;
  glfwGetWindowPos(window_, &x, &y);
  glfwGetWindowSize(window_, &width, &height);
  if (width <= 0 || height <= 0) return;  // iconified
  ui.width = width;
  ui.height = height;
  ui.place = {x, y};
}

}  // namespace phaseloom
