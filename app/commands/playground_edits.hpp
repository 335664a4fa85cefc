// SPDX-License-Identifier: MIT
#pragma once
// What the commands of the playground's network make of a scene.

#include <string>

#include "app/commands/command.hpp"
#include "app/document/scene.hpp"

namespace phaseloom {

/// Changes the scene; false if it is none of these commands. Throws Error, and leaves the scene as
/// it is: what cannot be done.
bool edit_playground(Scene& scene, const Command& command);

/// What undo calls that change.
std::string playground_edit_label(const Command& command);

}  // namespace phaseloom
