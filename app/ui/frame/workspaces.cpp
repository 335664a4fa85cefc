// SPDX-License-Identifier: MIT
#include "app/ui/frame/workspaces.hpp"

#include <algorithm>
#include <array>

#include "app/ui/generate/panels.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/train/train.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {
namespace {

constexpr std::array kWorkspaces{&kGenerateWorkspace, &kTransportWorkspace, &kTrainWorkspace,
                                 &kThermoWorkspace,   &kLearnWorkspace,     &kHardwareWorkspace};
static_assert(kWorkspaces.size() == names_of<Workspace>().size());

}  // namespace

std::span<const WorkspaceView* const> workspaces() { return kWorkspaces; }

const WorkspaceView& workspace_view(Workspace workspace) {
  return **std::ranges::find(kWorkspaces, workspace, &WorkspaceView::workspace);
}

}  // namespace phaseloom
