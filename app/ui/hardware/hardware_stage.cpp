// SPDX-License-Identifier: MIT
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/hardware_zones.hpp"
#include "app/ui/toolkit/messages.hpp"

namespace phaseloom {

void draw_hardware_stage(UiContext& ctx) {
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const Box area = draw_messages(ctx, {{at.x, at.y}, {at.x + room.x, at.y + room.y}});
  present_page(ctx).stage(ctx, area);
}

}  // namespace phaseloom
