// The window's twin for scripts: the same laboratory on a surface without a display.

#include <imgui.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <optional>

#include "app/render/surface.hpp"
#include "app/session/stage.hpp"
#include "app/ui/keys.hpp"
#include "app/ui/laboratory.hpp"

namespace phaseloom {
namespace {

/// ImGui 1.86 has no queue of events: what happens within one frame is seen as its last state. A
/// script's host therefore draws a frame between a press and a release.
void apply_input(ImGuiIO& io, const InputEvent& event) {
  const auto key = [&io](const KeyChord& chord, bool down) {
    io.KeyCtrl = chord.ctrl && down;
    io.KeyShift = chord.shift && down;
    io.KeyAlt = chord.alt && down;
    if (const int code = key_code(chord.key)) io.KeysDown[code] = down;
  };
  switch (event.kind) {
    case InputEvent::Kind::move:
      io.MousePos = {static_cast<float>(event.x), static_cast<float>(event.y)};
      break;
    case InputEvent::Kind::press:
      io.MouseDown[0] = true;
      break;
    case InputEvent::Kind::release:
      io.MouseDown[0] = false;
      break;
    case InputEvent::Kind::scroll:
      io.MouseWheel += static_cast<float>(event.y);
      break;
    case InputEvent::Kind::key_down:
      key(event.chord, true);
      break;
    case InputEvent::Kind::key_up:
      key(event.chord, false);
      break;
    case InputEvent::Kind::text:
      io.AddInputCharactersUTF8(event.text.c_str());
      break;
  }
}

/// As the GLFW backend does it, so that both are numbered alike.
void set_key_map(ImGuiIO& io) {
  const std::pair<ImGuiKey, int> map[] = {
      {ImGuiKey_Tab, GLFW_KEY_TAB},
      {ImGuiKey_LeftArrow, GLFW_KEY_LEFT},
      {ImGuiKey_RightArrow, GLFW_KEY_RIGHT},
      {ImGuiKey_UpArrow, GLFW_KEY_UP},
      {ImGuiKey_DownArrow, GLFW_KEY_DOWN},
      {ImGuiKey_PageUp, GLFW_KEY_PAGE_UP},
      {ImGuiKey_PageDown, GLFW_KEY_PAGE_DOWN},
      {ImGuiKey_Home, GLFW_KEY_HOME},
      {ImGuiKey_End, GLFW_KEY_END},
      {ImGuiKey_Delete, GLFW_KEY_DELETE},
      {ImGuiKey_Backspace, GLFW_KEY_BACKSPACE},
      {ImGuiKey_Space, GLFW_KEY_SPACE},
      {ImGuiKey_Enter, GLFW_KEY_ENTER},
      {ImGuiKey_Escape, GLFW_KEY_ESCAPE},
      {ImGuiKey_A, GLFW_KEY_A},
      {ImGuiKey_C, GLFW_KEY_C},
      {ImGuiKey_V, GLFW_KEY_V},
      {ImGuiKey_X, GLFW_KEY_X},
      {ImGuiKey_Y, GLFW_KEY_Y},
      {ImGuiKey_Z, GLFW_KEY_Z},
  };
  for (const auto& [key, code] : map) io.KeyMap[key] = code;
}

class OffscreenHost final : public ScriptHost {
 public:
  OffscreenHost(int width, int height, double scale) { open({width, height}, scale); }

  void resize(int width, int height, double scale) override {
    if (surface_->framebuffer() == Extent{width, height} &&
        surface_->content_scale() == static_cast<float>(scale))
      return;
    laboratory_.reset();
    surface_.reset();
    open({width, height}, scale);
  }

  void input(const InputEvent& event) override {
    laboratory_->activate();
    apply_input(ImGui::GetIO(), event);
  }

  void draw_frame(Session& session, double seconds) override {
    surface_->begin_frame();
    laboratory_->frame(session, seconds);
    surface_->end_frame();
  }

  Picture capture() override {
    surface_->begin_frame();
    return surface_->read_back();
  }

 private:
  void open(Extent extent, double scale) {
    surface_ = make_offscreen_surface(extent, static_cast<float>(scale));
    laboratory_.emplace(*surface_);
    ImGuiIO& io = ImGui::GetIO();
    io.ConfigInputTextCursorBlink = false;  // the same picture whenever it is taken
    io.MousePos = {-1000, -1000};
    set_key_map(io);
  }

  std::unique_ptr<Surface> surface_;
  std::optional<Laboratory> laboratory_;
};

}  // namespace

std::unique_ptr<ScriptHost> make_offscreen_host(int width, int height, double scale) {
  return std::make_unique<OffscreenHost>(width, height, scale);
}

}  // namespace phaseloom
