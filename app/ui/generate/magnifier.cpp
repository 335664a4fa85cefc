// SPDX-License-Identifier: MIT
// The sample under the pointer, enlarged.

#include <fmt/format.h>

#include <algorithm>

#include "app/ui/generate/compare.hpp"
#include "app/ui/generate/touch_tools.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/generate/wall_stage.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_magnifier(UiContext& ctx, const ViewLook& look, const ViewLook& difference,
                    const WallLayout& wall, Box area) {
  const Transient& t = ctx.transient;
  if (t.hovered_lane < 0 || (t.hints_wait && !touching(ctx))) return;
  const Box sample = wall.sample(t.hovered_lane);
  const auto shown = panes(ctx, look);
  const auto count = static_cast<float>(shown.size());
  const float longest = static_cast<float>(std::max(look.image.width, look.image.height));
  const float pad = ctx.px(8), gap = ctx.px(10);
  // Two or three of them must leave something of the wall.
  const float most = look.compared ? std::min(ctx.px(208), area.height() / 3) : ctx.px(208);
  const float across = look.compared ? 0.6f * area.width() : area.width() - 2 * gap;
  const float room = std::min(most, (across - (count + 1) * pad) / count);
  const float scale = std::max(1.0f, std::floor(room / longest));
  const ImVec2 size{scale * static_cast<float>(look.image.width),
                    scale * static_cast<float>(look.image.height)};
  // It is large enough as it is, and there is nothing beside it.
  if (!look.compared && size.x < 1.4f * sample.width()) return;

  const float names = look.compared ? ctx.fonts.caption->FontSize + ctx.px(4) : 0;
  const float captions = 2 * (ctx.fonts.small->FontSize + ctx.px(3));
  const ImVec2 outer{count * size.x + (count + 1) * pad, size.y + 2 * pad + names + captions};
  float x = sample.max.x + gap;
  if (x + outer.x > area.max.x) x = sample.min.x - gap - outer.x;
  x = std::clamp(x, area.min.x, std::max(area.min.x, area.max.x - outer.x));
  float y = (sample.min.y + sample.max.y - outer.y) / 2;
  // Where there is no room beside the sample, there may be below or above it.
  if (x < sample.max.x && x + outer.x > sample.min.x) {
    if (sample.max.y + gap + outer.y <= area.max.y)
      y = sample.max.y + gap;
    else if (sample.min.y - gap - outer.y >= area.min.y)
      y = sample.min.y - gap - outer.y;
  }
  y = std::clamp(y, area.min.y, std::max(area.min.y, area.max.y - outer.y));
  const ImVec2 corner{std::floor(x), std::floor(y)};

  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y});
  list.AddRectFilled({corner.x + ctx.px(3), corner.y + ctx.px(4)},
                     {corner.x + outer.x + ctx.px(3), corner.y + outer.y + ctx.px(4)},
                     IM_COL32(0, 0, 0, 70), ctx.px(6));
  list.AddRectFilled(corner, {corner.x + outer.x, corner.y + outer.y}, ctx.colours.panel,
                     ctx.px(6));
  list.AddRect(corner, {corner.x + outer.x, corner.y + outer.y}, ctx.colours.line, ctx.px(6));
  WallLayout one;
  one.origin = {corner.x + pad, corner.y + pad + names};
  one.count = 1;
  one.cell = {size.x, size.y};
  one.image = look.image;
  const WallLayout::Pixel p = t.hovered_pixel;
  for (const Pane& pane : shown) {
    draw_samples(ctx, list, one, pane.side == Side::difference ? difference : look, t.hovered_lane,
                 pane.side);
    draw_text(list, ctx.fonts.caption, {one.origin.x, corner.y + pad}, ctx.colours.faint,
              pane.name);
    const ImVec2 mark{one.origin.x + scale * static_cast<float>(p.x),
                      one.origin.y + scale * static_cast<float>(p.y)};
    mark_held(ctx, list, one, look.layer, t.hovered_lane);
    if (touching(ctx))
      draw_brush(ctx, list, one, {0, p.x, p.y});
    else
      list.AddRect({mark.x - 1, mark.y - 1}, {mark.x + scale + 1, mark.y + scale + 1},
                   ctx.colours.accent, 0, 0, std::max(1.0f, ctx.px(1.5f)));
    one.origin.x += size.x + pad;
  }
  const float state =
      state_of(ctx.now, unit_at(ctx.now.grid, {look.layer, p.x, p.y}), t.hovered_lane);
  const float line = ctx.fonts.small->FontSize + ctx.px(3);
  const float text_y = corner.y + pad + names + size.y + ctx.px(5);
  draw_text(list, ctx.fonts.small, {corner.x + pad, text_y}, ctx.colours.text,
            fmt::format("sample {}", ctx.now.settings.first_sample +
                                         static_cast<std::uint64_t>(t.hovered_lane)));
  draw_text(list, ctx.fonts.small, {corner.x + pad, text_y + line}, ctx.colours.faint,
            fmt::format("({}, {})  {} = {:+.3f}{}{}", p.x, p.y, ctx.now.spoken().symbol,
                        ctx.now.is_phase ? wrapped(state) : double(state),
                        ctx.now.spoken().unit.empty() ? "" : " ", ctx.now.spoken().unit));
  list.PopClipRect();
}

}  // namespace phaseloom
