// SPDX-License-Identifier: MIT
// What stands beside the model's numbers: none of it comes from the model.

#include <fmt/format.h>

#include <algorithm>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/costs.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_baselines(UiContext& ctx) {
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  draw_text(list, ctx.fonts.strong, at, c.text,
            "Beside it, per image unless it says otherwise; none of it from this model", room.x);
  const float top = at.y + ctx.fonts.strong->FontSize + ctx.px(4);
  const float line = ctx.fonts.caption->FontSize + ctx.px(3), gap = ctx.px(14);
  const auto rows = cost_baselines();
  const int in_column = std::max(1, static_cast<int>((at.y + room.y - top) / line));
  const int columns = std::clamp((static_cast<int>(rows.size()) + in_column - 1) / in_column, 1, 3);
  const float width =
      (room.x - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float energy = text_width(ctx.fonts.small, "18.9 µJ") + ctx.px(10);
  const float source = text_width(ctx.fonts.caption, "published") + ctx.px(8);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int place = static_cast<int>(i);
    if (place / in_column >= columns) break;
    const float x = at.x + static_cast<float>(place / in_column) * (width + gap);
    const float y = top + static_cast<float>(place % in_column) * line;
    const CostBaseline& row = rows[i];
    draw_text(list, ctx.fonts.small, {x, y}, row.per_image ? c.text : c.faint,
              si_text(row.energy, "J"));
    draw_text(list, ctx.fonts.caption, {x + energy, y}, c.faint, row.name, width - energy - source);
    draw_text(list, ctx.fonts.caption, {x + width - source + ctx.px(8), y}, c.disabled,
              name_of(row.source));
    ImGui::SetCursorScreenPos({x, y});
    ImGui::PushID(place);
    ImGui::InvisibleButton("baseline", {std::max(width, 1.0f), line});
    ImGui::PopID();
    hint(ctx, fmt::format("{}: {}, {}{}{}", row.name, si_text(row.energy, "J"), name_of(row.source),
                          row.origin.empty() ? "" : ": ", row.origin));
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(room);
  note_place(ctx, "baselines");
}

}  // namespace phaseloom
