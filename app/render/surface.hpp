// SPDX-License-Identifier: MIT
#pragma once
// What one draws on: the window on the screen or its off-screen twin. Everything above this
// interface is the same code for both, so a picture made off-screen is what a person would see.

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "engine/data/picture.hpp"

struct GLFWwindow;

namespace phaseloom {

struct Extent {
  int width = 0;
  int height = 0;
  bool operator==(const Extent&) const = default;
};

class Surface {
 public:
  virtual ~Surface() = default;
  Surface() = default;
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  /// Size in pixels of what is drawn on.
  virtual Extent framebuffer() const = 0;
  /// How much larger than at 96 dots per inch things should be.
  virtual float content_scale() const = 0;
  /// Makes the context current and binds the target.
  virtual void begin_frame() = 0;
  /// Shows the frame (window) or finishes it (off-screen).
  virtual void end_frame() = 0;
  /// What the frame that was drawn last looks like; call it before end_frame();
  /// RGB.
  virtual Picture read_back() const = 0;
  /// Off-screen: another size; what was drawn is gone. A window's size is its user's: nothing.
  virtual void resize(Extent, float /*content_scale*/) {}
  /// The window behind it; null off-screen.
  virtual GLFWwindow* window() const { return nullptr; }
};

/// An off-screen surface of a fixed size (EGL without a display; Mesa's software rasteriser will
/// do). Throws Error when there is no EGL device.
std::unique_ptr<Surface> make_offscreen_surface(Extent extent, float content_scale);

struct WindowOptions {
  std::string title = "Phaseloom";
  /// Wanted; a window is never larger than the room that the monitor has beside its bars.
  Extent extent{1280, 800};
  /// The extent is meant for a monitor of 96 dots per inch, and grows with the real one's scale.
  bool grows_with_monitor = false;
  /// Of its top left corner on the desktop, wanted; nothing, or a place that no monitor shows: the
  /// desktop's choice.
  std::optional<std::array<int, 2>> place;
  bool maximized = false;
  /// 0: the monitor's own.
  float content_scale = 0;
  bool vsync = true;
};

/// A window with OpenGL 3.3 core or later. Throws Error when there is no display or no OpenGL.
std::unique_ptr<Surface> make_window_surface(const WindowOptions& options);

}  // namespace phaseloom
