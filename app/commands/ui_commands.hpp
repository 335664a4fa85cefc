// SPDX-License-Identifier: MIT
#pragma once
// What the commands of Scope::ui do.

#include "app/commands/command.hpp"
#include "app/document/ui_state.hpp"

namespace phaseloom {

/// False for commands of other scopes: nothing is done. Arguments are in range: parse_command() has
/// seen them.
bool apply_to(UiState& ui, const Command& command);

}  // namespace phaseloom
