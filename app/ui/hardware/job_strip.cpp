// SPDX-License-Identifier: MIT
#include "app/ui/hardware/job_strip.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_job_strip(UiContext& ctx, const JobStrip& strip) {
  const Palette& c = ctx.colours;
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  if (room.y < ctx.px(12)) return;
  const float height = std::min(room.y - ctx.px(4), ctx.px(44));
  const ImVec2 a{at.x, std::floor(at.y + (room.y - height) / 2)}, b{at.x + room.x, a.y + height};
  ImGui::SetCursorScreenPos(a);
  ImGui::InvisibleButton("how far", {std::max(room.x, 1.0f), height});
  note_place(ctx, "how far");
  hint(ctx, strip.help);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = ctx.px(4);
  list.AddRectFilled(a, b, c.raised, rounding);
  if (strip.progress > 0) {
    const float end =
        std::floor(a.x + static_cast<float>(std::clamp(strip.progress, 0.0, 1.0)) * (b.x - a.x));
    list.PushClipRect(a, {end, b.y}, true);
    list.AddRectFilled(a, b,
                       strip.failed   ? faded(c.error, 0.45f)
                       : strip.paused ? mixed(c.accent_dim, c.raised, 0.5f)
                                      : c.accent_dim,
                       rounding);
    list.PopClipRect();
    if (strip.progress < 1)
      list.AddLine({end, a.y}, {end, b.y}, strip.failed ? c.error : c.accent,
                   std::max(1.0f, ctx.px(2)));
  }
  draw_text(list, ctx.fonts.text,
            {a.x + ctx.px(10), std::floor(a.y + (height - ctx.fonts.text->FontSize) / 2)},
            strip.running || strip.progress > 0 ? c.text : c.faint, strip.words,
            room.x - ctx.px(20));
}

}  // namespace phaseloom
