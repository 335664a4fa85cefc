// SPDX-License-Identifier: MIT
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/hardware_zones.hpp"

namespace phaseloom {

void draw_hardware_stage(UiContext& ctx) {
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  present_page(ctx).stage(ctx, {{at.x, at.y}, {at.x + room.x, at.y + room.y}});
}

}  // namespace phaseloom
