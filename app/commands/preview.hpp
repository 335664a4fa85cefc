// SPDX-License-Identifier: MIT
#pragma once
// The scene as it will be: what a person has just done is seen at once, though the run takes it up
// a little later.

#include "app/commands/command.hpp"
#include "app/document/scene.hpp"

namespace phaseloom {

/// What the scene will be once the command is applied, as far as that is certain.
void preview(Scene& scene, const Command& command);

}  // namespace phaseloom
