// SPDX-License-Identifier: MIT
#pragma once
// What a script needs of a window: to draw a frame, to look at it, to feel a mouse and a keyboard.
// The window's off-screen twin implements it (app/ui/frame); tests use NullHost.

#include <cstdint>
#include <string>
#include <vector>

#include "app/commands/key_chord.hpp"
#include "engine/data/picture.hpp"

namespace phaseloom {

class Session;

struct InputEvent {
  enum class Kind {
    move,     ///< pointer to (x, y), in pixels from the top left
    press,    ///< `button` down at the pointer
    release,  ///< `button` up
    scroll,   ///< wheel by y notches, positive away from the user
    key_down,
    key_up,     ///< with it, what was held down along with it
    modifiers,  ///< what is held down from now on, whatever key_up says: of `chord`
    text,       ///< `text` typed
  };
  Kind kind = Kind::move;
  double x = 0;
  double y = 0;
  int button = 0;         ///< 0: left, 1: right, 2: middle
  KeyChord chord;         ///< of key_down, key_up, modifiers
  bool repeated = false;  ///< key_down by being held down
  std::string text;       ///< UTF-8
};

class ScriptHost {
 public:
  virtual ~ScriptHost() = default;
  /// Window size in pixels, and content scale (> 0). Called before the first frame.
  virtual void resize(int width, int height, double scale) = 0;
  /// Taken into account by the next frame.
  virtual void input(const InputEvent& event) = 0;
  /// Builds and draws one frame; the user interface may post commands to the session. `seconds`
  /// since the frame before: always the same in a script.
  virtual void draw_frame(Session& session, double seconds) = 0;
  /// The frame drawn last, 3 or 4 channels, rows from the top.
  virtual Picture capture() = 0;
};

/// Draws nothing; keeps what it was told, captures a plain picture. For tests.
class NullHost : public ScriptHost {
 public:
  void resize(int width, int height, double scale) override;
  void input(const InputEvent& event) override { events.push_back(event); }
  void draw_frame(Session& session, double seconds) override;
  Picture capture() override;

  int width = 0;
  int height = 0;
  double scale = 1;
  int frames = 0;
  std::vector<InputEvent> events;
};

}  // namespace phaseloom
