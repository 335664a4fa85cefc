// SPDX-License-Identifier: MIT
#include "app/ui/hardware/stage_notice.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

bool draw_notice(UiContext& ctx, Box area, const StageNotice& notice) {
  float y = area.min.y + std::max(ctx.px(16), area.height() * 0.5f - ctx.px(100));
  centred(ctx, ctx.fonts.strong, ctx.colours.text, notice.title, area, y);
  y += ctx.px(6);
  centred(ctx, ctx.fonts.text, notice.colour, notice.words, area, y);
  if (*notice.more) {
    y += ctx.px(6);
    centred(ctx, ctx.fonts.caption, ctx.colours.faint, notice.more, area, y);
  }
  y += ctx.px(14);
  return centred_button(ctx, notice.name, notice.button, notice.help, area, y);
}

bool centred_button(UiContext& ctx, const char* id, const char* label, const char* help, Box area,
                    float y) {
  const float width = ctx.px(150);
  ImGui::SetCursorScreenPos({std::floor((area.min.x + area.max.x - width) / 2), y});
  return text_button(ctx, id, label, help, {.chosen = true}, width);
}

void draw_busy(UiContext& ctx, Box area, const char* words) {
  float y = (area.min.y + area.max.y) / 2 - ctx.px(30);
  centred(ctx, ctx.fonts.strong, ctx.colours.text, words, area, y);
  y += ctx.px(12);
  draw_busy_bar(ctx, area, y);
}

}  // namespace phaseloom
