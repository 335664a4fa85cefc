// SPDX-License-Identifier: MIT
#include <epoxy/gl.h>
// After epoxy: GLFW must not bring its own OpenGL header.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

#include "app/render/dead_window_manager.hpp"
#include "app/render/read_pixels.hpp"
#include "app/render/surface.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// GLFW itself, once per process.
class Glfw {
 public:
  Glfw() {
    forget_dead_window_manager();
    if (!glfwInit()) {
      const char* why = nullptr;
      glfwGetError(&why);
      fail("no window: {}; `phaseloom render` and `phaseloom sample` work without a display",
           why ? why : "no display");
    }
  }
  ~Glfw() { glfwTerminate(); }
  Glfw(const Glfw&) = delete;
  Glfw& operator=(const Glfw&) = delete;
};

/// A monitor's scale as it is told, which can be anything: a number for the size of letters.
float usable_scale(float told) { return std::isfinite(told) ? std::clamp(told, 0.75f, 4.0f) : 1; }

float monitor_scale(GLFWmonitor* monitor) {
  float x = 1, y = 1;
  if (monitor) glfwGetMonitorContentScale(monitor, &x, &y);
  return usable_scale(x);
}

/// The size to ask for, in the units that glfwCreateWindow() takes.
Extent fitting(const WindowOptions& options) {
  constexpr double kShare = 0.94;  // the window's own frame needs room, too
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  int x = 0, y = 0, width = 0, height = 0;
  if (monitor) glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
  const float scale = options.grows_with_monitor ? monitor_scale(monitor) : 1;
  const auto fit = [&](int wanted, int room) {
    const int most = room > 0 ? static_cast<int>(kShare * room) : 16384;
    return std::clamp(static_cast<int>(static_cast<float>(wanted) * scale), 1, most);
  };
  return {fit(options.extent.width, width), fit(options.extent.height, height)};
}

/// Whether a hand could take a window there by its upper edge: monitors come and go.
bool can_be_seen(const std::array<int, 2>& place) {
  constexpr int kGrip = 64;  // pixels of it, at least
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  return std::any_of(monitors, monitors + count, [&](GLFWmonitor* monitor) {
    int x = 0, y = 0, width = 0, height = 0;
    glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
    return place[0] >= x - kGrip && place[0] <= x + width - kGrip && place[1] >= y &&
           place[1] <= y + height - kGrip;
  });
}

class WindowSurface final : public Surface {
 public:
  explicit WindowSurface(const WindowOptions& options) : forced_scale_(options.content_scale) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "phaseloom");
    glfwWindowHint(GLFW_MAXIMIZED, options.maximized);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);  // until it is where it belongs
    const auto [width, height] = fitting(options);
    window_ = glfwCreateWindow(width, height, options.title.c_str(), nullptr, nullptr);
    if (!window_) {
      const char* why = nullptr;
      glfwGetError(&why);
      fail("no window: it needs OpenGL 3.3 ({}); `phaseloom render` draws without a display",
           why ? why : "which this display does not offer");
    }
    if (options.place && can_be_seen(*options.place))
      glfwSetWindowPos(window_, (*options.place)[0], (*options.place)[1]);
    glfwShowWindow(window_);
    glfwSetWindowSizeLimits(window_, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(options.vsync ? 1 : 0);
  }
  ~WindowSurface() override { glfwDestroyWindow(window_); }

  Extent framebuffer() const override {
    Extent extent;
    glfwGetFramebufferSize(window_, &extent.width, &extent.height);
    return {std::max(extent.width, 1), std::max(extent.height, 1)};
  }
  float content_scale() const override {
    if (forced_scale_ > 0) return forced_scale_;
    float x = 1, y = 1;
    glfwGetWindowContentScale(window_, &x, &y);
    return usable_scale(x);
  }
  void begin_frame() override {
    glfwMakeContextCurrent(window_);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
  }
  void end_frame() override { glfwSwapBuffers(window_); }
  Picture read_back() const override { return read_pixels(framebuffer()); }
  GLFWwindow* window() const override { return window_; }

 private:
  Glfw glfw_;
  GLFWwindow* window_ = nullptr;
  float forced_scale_;
};

}  // namespace

std::unique_ptr<Surface> make_window_surface(const WindowOptions& options) {
  return std::make_unique<WindowSurface>(options);
}

}  // namespace phaseloom
