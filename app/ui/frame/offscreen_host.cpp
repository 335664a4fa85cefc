// SPDX-License-Identifier: MIT
// The window's twin for scripts: the same laboratory on a surface without a display.

#include <imgui.h>

#include "app/render/surface.hpp"
#include "app/session/script_host.hpp"
#include "app/ui/frame/input.hpp"
#include "app/ui/frame/laboratory.hpp"

namespace phaseloom {
namespace {

class OffscreenHost final : public ScriptHost {
 public:
  OffscreenHost(int width, int height, double scale)
      : surface_(make_offscreen_surface({width, height}, static_cast<float>(scale))),
        laboratory_(*surface_) {
    prepare_input(ImGui::GetIO());
  }

  void resize(int width, int height, double scale) override {
    const auto wanted = static_cast<float>(scale);
    if (surface_->framebuffer() != Extent{width, height} || surface_->content_scale() != wanted)
      surface_->resize({width, height}, wanted);
  }

  void input(const InputEvent& event) override { laboratory_.input(event); }

  void draw_frame(Session& session, double seconds) override {
    surface_->begin_frame();
    laboratory_.frame(session, seconds);
    surface_->end_frame();
  }

  Picture capture() override {
    surface_->begin_frame();
    return surface_->read_back();
  }

 private:
  std::unique_ptr<Surface> surface_;
  Laboratory laboratory_;
};

}  // namespace

std::unique_ptr<ScriptHost> make_offscreen_host(int width, int height, double scale) {
  return std::make_unique<OffscreenHost>(width, height, scale);
}

}  // namespace phaseloom
