// SPDX-License-Identifier: MIT
#pragma once
// A laboratory off-screen with a hand on its mouse and keyboard, that finds controls by name.

#include <memory>
#include <string>
#include <string_view>

#include "app/render/surface.hpp"
#include "app/session/session.hpp"
#include "app/ui/frame/laboratory.hpp"
#include "tests/app/ui/test_model.hpp"

namespace phaseloom {

class Driver {
 public:
  explicit Driver(Extent extent = {1024, 640}, float scale = 1,
                  SessionOptions options = test_session_options());
  ~Driver();

  /// Lets 1/60 s pass and draws, n times.
  void frames(int n = 1);
  void move(float x, float y);
  void press(int button = 0);
  void release(int button = 0);
  void click(float x, float y);
  void drag(float x0, float y0, float x1, float y1, int moves = 8);
  void double_click(float x, float y);
  void key(std::string_view chord);
  void type(std::string_view text);

  /// Where a control is that was drawn in the last frame; fails the test if it was not.
  Box place(const std::string& name);
  void click(const std::string& name);
  /// From t0 to t1 of its width.
  void drag(const std::string& name, float t0, float t1);
  bool has(const std::string& name);

  Picture picture();
  const Scene& scene() { return session->scene(); }
  const Snapshot& now() { return *session->snapshot(); }

  bool blind = false;  ///< frames are built, but nobody looks at their pixels: much faster
  std::unique_ptr<Surface> surface;
  std::unique_ptr<Session> session;
  std::unique_ptr<Laboratory> laboratory;
};

}  // namespace phaseloom
