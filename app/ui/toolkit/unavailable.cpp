// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/unavailable.hpp"

namespace phaseloom {

Unavailable::Unavailable(UiContext& ctx, std::string_view why)
    : ctx_(ctx), from_(ImGui::GetCursorScreenPos()), on_(!why.empty()) {
  if (!on_) return;
  ctx_.transient.unavailable = why;
  ImGui::BeginDisabled();
}

Unavailable::~Unavailable() {
  if (!on_) return;
  ImGui::EndDisabled();
  ctx_.transient.unavailable = {};
  // Controls draw themselves in full colours: a veil dims them all alike.
  const float width = ImGui::GetContentRegionAvail().x;
  const float spacing = ImGui::GetStyle().ItemSpacing.y;
  ImGui::GetWindowDrawList()->AddRectFilled(
      from_, {from_.x + width, ImGui::GetCursorScreenPos().y - spacing},
      faded(ctx_.colours.panel, 0.6f));
}

}  // namespace phaseloom
