// SPDX-License-Identifier: MIT
#pragma once
// The one list of workspaces, in the order of the tabs. A new one is a line in it, and its name in
// Workspace.

#include <span>

#include "app/ui/toolkit/workspace.hpp"

namespace phaseloom {

std::span<const WorkspaceView* const> workspaces();
const WorkspaceView& workspace_view(Workspace workspace);
/// The one on the screen.
inline const WorkspaceView& present_workspace(const UiContext& ctx) {
  return workspace_view(ctx.state.workspace);
}

}  // namespace phaseloom
