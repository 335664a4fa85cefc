// SPDX-License-Identifier: MIT
#pragma once
// The laboratory's picture on any surface: owns what ImGui and OpenGL keep between frames. The
// window and the off-screen twin both feed ImGui's io and then call frame().

#include <imgui.h>

#include <memory>

#include "app/render/surface.hpp"
#include "app/session/script_host.hpp"
#include "app/session/session.hpp"
#include "app/ui/frame/input.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Seconds from one frame to the next: 60 frames a second, 36 while anything is trained. A software
/// rasteriser draws on the cores that train, and half of its frames are worth a training twice as
/// fast.
double frame_interval(const Session& session);

class Laboratory {
 public:
  /// The surface's context must be current from here on (begin_frame() does it).
  explicit Laboratory(Surface& surface);
  ~Laboratory();
  Laboratory(const Laboratory&) = delete;
  Laboratory& operator=(const Laboratory&) = delete;

  /// Makes this laboratory's ImGui context the current one; before touching ImGui's io.
  void activate() const;

  /// What a hand does, of a person or a script: taken into account by the next frames, in its
  /// order.
  void input(const InputEvent& event) { input_.push(event); }
  const InputQueue& input() const { return input_; }

  /// Builds and draws one frame; between surface.begin_frame() and end_frame().
  /// @param seconds since the frame before
  void frame(Session& session, double seconds);

  /// The two halves of frame(), to be measured on their own.
  void build(Session& session, double seconds);
  void submit();

  Transient& transient() { return transient_; }
  FrameTimes& times() { return times_; }
  bool fonts_found() const { return fonts_found_; }

 private:
  void take_input();
  float wanted_scale(const Session& session) const;
  void use_scale(float scale);

  Surface& surface_;
  ImGuiContext* imgui_;
  std::unique_ptr<ImageWall> wall_;
  InputQueue input_;
  Transient transient_;
  FrameTimes times_;
  Fonts fonts_;
  bool fonts_found_ = true;
  float scale_ = 0;
  Theme theme_ = Theme::dark;
  float styled_scale_ = 0;
};

}  // namespace phaseloom
