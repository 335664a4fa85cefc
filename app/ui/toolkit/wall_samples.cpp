// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/wall_samples.hpp"

#include <utility>

namespace phaseloom {

ImU32 map_colour(ColourMap map, double t) {
  const Rgb c = colour_at(map, t);
  return IM_COL32(c.r, c.g, c.b, 255);
}

void draw_by_gl(UiContext& ctx, ImDrawList& list, std::function<void()> draw) {
  ctx.transient.drawings.push_back(std::move(draw));
  list.AddCallback(
      [](const ImDrawList*, const ImDrawCmd* command) {
        (*static_cast<const std::function<void()>*>(command->UserCallbackData))();
      },
      &ctx.transient.drawings.back());
  list.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void draw_wall_samples(UiContext& ctx, ImDrawList& list, const ImageWall& wall,
                       const WallLayout& layout, const WallStyle& style, float fade, int first_unit,
                       int first_lane, const ImageWall* minus) {
  const ImVec2 low = list.GetClipRectMin(), high = list.GetClipRectMax();
  const Box clip{{low.x, low.y}, {high.x, high.y}};
  draw_by_gl(ctx, list, [=, &wall, framebuffer = ctx.framebuffer] {
    wall.draw(layout, style, first_unit, framebuffer, clip, first_lane, fade, minus);
  });
}

}  // namespace phaseloom
