// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/colour_bar.hpp"

#include <cmath>

#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

float gap_of(const UiContext& ctx) { return ctx.px(6); }

}  // namespace

float colour_bar_width(const UiContext& ctx, const ColourBar& bar, float width) {
  for (const std::string* words : {&bar.low, &bar.high, &bar.symbol})
    if (!words->empty()) width += text_width(ctx.fonts.small, *words) + gap_of(ctx);
  return width;
}

void draw_colour_bar(const UiContext& ctx, ImDrawList& list, ImVec2 right_centre, float width,
                     const ColourBar& bar) {
  ImFont* font = ctx.fonts.small;
  float x = right_centre.x;
  const auto put = [&](const std::string& words) {
    x -= text_width(font, words);
    draw_text(list, font, {x, right_centre.y - font->FontSize / 2}, ctx.colours.faint, words);
    x -= gap_of(ctx);
  };
  put(bar.high);
  const float half = ctx.px(5);
  constexpr int kParts = 32;
  for (int i = 0; i < kParts; ++i) {
    const auto at = [&](int part) {
      return std::floor(x - width + width * static_cast<float>(part) / kParts);
    };
    list.AddRectFilled({at(i), right_centre.y - half}, {at(i + 1), right_centre.y + half},
                       map_colour(bar.map, (i + 0.5) / kParts));
  }
  list.AddRect({std::floor(x - width), right_centre.y - half},
               {std::floor(x), right_centre.y + half}, ctx.colours.line);
  x -= width + gap_of(ctx);
  put(bar.low);
  if (!bar.symbol.empty()) put(bar.symbol);
}

}  // namespace phaseloom
