#pragma once
// A display server that goes away takes the program with it. The scene is saved first, and the
// next start begins with it.

#include <filesystem>
#include <optional>

#include "app/session/session.hpp"

namespace phaseloom {

/// From now on, a lost connection to the X server saves the session's scene, prints one line and
/// ends the program with exit code 1. Does nothing on other displays. The session must outlive it:
/// null ends it.
void survive_lost_display(const Session* session);

/// The scene that was saved last time, if it was lost; it is forgotten. `problem` says why it
/// cannot be read.
std::optional<Scene> take_saved_scene(std::string& problem);

}  // namespace phaseloom
