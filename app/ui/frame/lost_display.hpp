// SPDX-License-Identifier: MIT
#pragma once
// A display server that goes away takes the program with it, and so does a signal, or an error that
// nobody foresaw. The scene is saved first, and the next start begins with it.

#include <exception>
#include <filesystem>
#include <optional>

#include "app/session/session.hpp"

namespace phaseloom {

/// From now on, a lost connection to the X server saves the session's scene, prints one line and
/// ends the program with exit code 1. Does nothing on other displays. The session must outlive it:
/// null ends it.
void survive_lost_display(const Session* session);

/// While it lives, an exception that passes it, or that ends a thread in the background, saves the
/// session's scene; so does save(), for an end that nobody at the window asked for. One at a time.
class SceneRescue {
 public:
  explicit SceneRescue(const Session& session);
  ~SceneRescue();
  void save() const;
  SceneRescue(const SceneRescue&) = delete;
  SceneRescue& operator=(const SceneRescue&) = delete;

 private:
  const Session& session_;
  const int flying_ = std::uncaught_exceptions();
  const std::terminate_handler before_;
};

/// The scene that was saved last time, if it was lost; it is forgotten. `problem` says why it
/// cannot be read.
std::optional<Scene> take_saved_scene(std::string& problem);

}  // namespace phaseloom
