#include "app/ui/input.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <utility>

#include "app/ui/keys.hpp"

namespace phaseloom {

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

void prepare_input(ImGuiIO& io) {
  io.ConfigInputTextCursorBlink = false;  // the same picture whenever it is taken
  io.MousePos = {-1000, -1000};
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

}  // namespace phaseloom
