// SPDX-License-Identifier: MIT
#pragma once
// All keys in one table: what they do, and what F1 says about them.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/toolkit/workspace.hpp"

namespace phaseloom {

struct KeyBinding {
  std::string_view chord;
  std::string_view help;
  std::function<void(UiContext& ctx)> run;  ///< empty: what the workspace makes of it
  bool repeats = false;                     ///< while it is held down
  bool in_dialogs = false;  ///< also while a dialog is open, which has the other keys
};

std::span<const KeyBinding> key_bindings();
/// The key that leads to a workspace: "1" to the first.
std::string_view workspace_key(const WorkspaceView& view);

/// Runs the bindings of the keys that went down since the last frame, unless a text field has them.
void handle_keys(UiContext& ctx);
/// Takes back what was done last: of the scene, or of a drawing that is on its way.
void undo(UiContext& ctx);
/// Empty: nothing.
std::string what_undo_takes_back(const UiContext& ctx);

}  // namespace phaseloom
