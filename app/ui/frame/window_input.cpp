// SPDX-License-Identifier: MIT
#include "app/ui/frame/window_input.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <cfloat>
#include <utility>

#include "app/ui/frame/key_layout.hpp"

namespace phaseloom {
namespace {

InputEvent event_of(InputEvent::Kind kind) {
  InputEvent event;
  event.kind = kind;
  return event;
}

std::string utf8(unsigned point) {
  std::string text;
  const auto last = [&](int shift) { text += static_cast<char>(0x80 | (point >> shift & 0x3f)); };
  if (point < 0x80) return std::string(1, static_cast<char>(point));
  if (point < 0x800) {
    text += static_cast<char>(0xc0 | point >> 6);
  } else if (point < 0x10000) {
    text += static_cast<char>(0xe0 | point >> 12);
    last(6);
  } else {
    text += static_cast<char>(0xf0 | point >> 18);
    last(12);
    last(6);
  }
  last(0);
  return text;
}

std::string printed_on(int code, int scancode) {
  const char* name = glfwGetKeyName(code, scancode);
  return name ? name : "";
}

/// Whether the layout in force has Latin letters anywhere.
bool latin_layout() {
  for (int code = GLFW_KEY_A; code <= GLFW_KEY_Z; ++code) {
    const std::string printed = printed_on(code, 0);
    if (printed.size() == 1 && printed[0] >= 'a' && printed[0] <= 'z') return true;
  }
  return false;
}

bool is_modifier(int code) { return code >= GLFW_KEY_LEFT_SHIFT && code <= GLFW_KEY_RIGHT_SUPER; }

KeyChord held_down(GLFWwindow* window) {
  const auto either = [&](int left, int right) {
    return glfwGetKey(window, left) == GLFW_PRESS || glfwGetKey(window, right) == GLFW_PRESS;
  };
  KeyChord chord;
  chord.ctrl = either(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
  chord.shift = either(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
  // The right one is often another level of the layout (AltGr), and types.
  chord.alt = glfwGetKey(window, GLFW_KEY_LEFT_ALT) == GLFW_PRESS;
  return chord;
}

constexpr std::pair<ImGuiMouseCursor, int> kShapes[] = {
    {ImGuiMouseCursor_Arrow, GLFW_ARROW_CURSOR},
    {ImGuiMouseCursor_TextInput, GLFW_IBEAM_CURSOR},
    {ImGuiMouseCursor_ResizeEW, GLFW_HRESIZE_CURSOR},
    {ImGuiMouseCursor_ResizeNS, GLFW_VRESIZE_CURSOR},
    {ImGuiMouseCursor_Hand, GLFW_HAND_CURSOR},
};

}  // namespace

WindowInput& WindowInput::of(GLFWwindow* window) {
  return *static_cast<WindowInput*>(glfwGetWindowUserPointer(window));
}

WindowInput::WindowInput(GLFWwindow* window, Laboratory& laboratory)
    : window_(window), laboratory_(laboratory) {
  glfwSetWindowUserPointer(window, this);
  glfwSetInputMode(window, GLFW_LOCK_KEY_MODS, GLFW_TRUE);
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    of(w).dropped_.insert(of(w).dropped_.end(), paths, paths + count);
    of(w).active_ = true;
  });
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) { of(w).move(x, y); });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    // A drag goes on outside the window.
    if (entered || of(w).laboratory_.input().holds()) return;
    InputEvent away = event_of(InputEvent::Kind::move);
    away.x = away.y = -double{FLT_MAX};
    of(w).push(away);
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
    if (button > GLFW_MOUSE_BUTTON_MIDDLE) return;
    InputEvent event =
        event_of(action == GLFW_PRESS ? InputEvent::Kind::press : InputEvent::Kind::release);
    event.button = button;  // left, right, middle, as ImGui counts them
    of(w).push(event);
  });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double, double notches) {
    InputEvent event = event_of(InputEvent::Kind::scroll);
    event.y = notches;
    of(w).push(event);
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned point) {
    InputEvent event = event_of(InputEvent::Kind::text);
    event.text = utf8(point);
    of(w).push(event);
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int code, int scancode, int action, int mods) {
    of(w).key(code, scancode, action, mods);
  });
  for (const auto& [shape, number] : kShapes) shapes_[shape] = glfwCreateStandardCursor(number);
  laboratory.activate();
  ImGuiIO& io = ImGui::GetIO();
  io.ClipboardUserData = window;
  io.GetClipboardTextFn = [](void* w) {
    const char* text = glfwGetClipboardString(static_cast<GLFWwindow*>(w));
    return text ? text : "";
  };
  io.SetClipboardTextFn = [](void* w, const char* text) {
    glfwSetClipboardString(static_cast<GLFWwindow*>(w), text);
  };
}

WindowInput::~WindowInput() {
  for (GLFWcursor* shape : shapes_)
    if (shape) glfwDestroyCursor(shape);
}

void WindowInput::push(const InputEvent& event) {
  active_ = true;
  laboratory_.input(event);
}

void WindowInput::move(double x, double y) {
  // We count in pixels of the framebuffer everywhere; GLFW may count otherwise.
  int width = 0, height = 0, pixels = 0, rows = 0;
  glfwGetWindowSize(window_, &width, &height);
  glfwGetFramebufferSize(window_, &pixels, &rows);
  const double ratio = width > 0 ? double(pixels) / width : 1;
  InputEvent event = event_of(InputEvent::Kind::move);
  event.x = x * ratio;
  event.y = y * ratio;
  push(event);
}

void WindowInput::key(int code, int scancode, int action, int mods) {
  InputEvent held = event_of(InputEvent::Kind::modifiers);
  held.chord = held_down(window_);
  if (is_modifier(code)) return push(held);
  InputEvent event =
      event_of(action == GLFW_RELEASE ? InputEvent::Kind::key_up : InputEvent::Kind::key_down);
  KeyChord& chord = event.chord;
  chord.ctrl = (mods & GLFW_MOD_CONTROL) != 0;
  chord.shift = (mods & GLFW_MOD_SHIFT) != 0;
  chord.alt = (mods & GLFW_MOD_ALT) != 0;
  KeyStroke stroke{code, printed_on(code, scancode), true, chord.ctrl,
                   (mods & GLFW_MOD_NUM_LOCK) != 0};
  if (!stroke.printed.empty() && static_cast<unsigned char>(stroke.printed[0]) >= 0x80)
    stroke.latin = latin_layout();
  chord.key = action == GLFW_RELEASE ? keys_.up(stroke) : keys_.down(stroke, action == GLFW_REPEAT);
  if (chord.key.empty()) return;
  // Shift is part of how a sign is typed.
  if (chord.key == "Plus" || chord.key == "Minus") chord.shift = false;
  event.repeated = action == GLFW_REPEAT;
  push(event);
  if (action == GLFW_RELEASE) push(held);
}

void WindowInput::show_pointer() {
  const ImGuiMouseCursor shape = ImGui::GetMouseCursor();
  const bool known = shape >= 0 && shape < ImGuiMouseCursor_COUNT && shapes_[shape];
  glfwSetCursor(window_, shapes_[known ? shape : ImGuiMouseCursor_Arrow]);
}

}  // namespace phaseloom
