// SPDX-License-Identifier: MIT
#include "app/ui/thermo/no_noising.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/thermo/thermo_look.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// A line of them, and where it goes.
struct PlacedWords {
  ImFont* font;
  ImU32 colour;
  std::string words;
  float gap;  ///< above it
};

/// The title, if there is room for all of it, and as many lines of the reason as fit below; the
/// last one says that there is more.
std::vector<PlacedWords> lines_of(const UiContext& ctx, const ThermoRunSnapshot& run, float width,
                                  float room) {
  std::vector<PlacedWords> placed;
  const bool waits = run.no_prototypes.empty();
  ImFont *large = ctx.fonts.text, *small = ctx.fonts.caption;
  for (const std::string_view line :
       wrapped(large, waits ? "On its way" : "No prototype to dissolve", width)) {
    room -= large->FontSize;
    if (room < 0 || text_width(large, line) > width) return {};
    placed.push_back({large, ctx.colours.text, std::string(line), 0});
  }
  float gap = ctx.px(6);
  const std::string reason = legible(run.no_prototypes);
  for (const std::string_view line : wrapped(small, reason, width)) {
    room -= small->FontSize + gap;
    if (room < 0) {
      PlacedWords& last = placed.back();
      last.words = shortened(last.font, last.words + " …", width);
      break;
    }
    placed.push_back({small, ctx.colours.faint, shortened(small, line, width), gap});
    gap = ctx.px(2);
  }
  return placed;
}

}  // namespace

Box paint_no_noising(const UiContext& ctx, ImDrawList& list, const ThermoRunSnapshot& run,
                     Extent image, Box pane) {
  draw_text(list, ctx.fonts.text, {pane.min.x, pane.min.y}, ctx.colours.faint, "Noising",
            pane.width());
  const float line = ctx.fonts.text->FontSize + ctx.px(6);
  const Box area{{pane.min.x, pane.min.y + line}, pane.max};
  if (area.height() < ctx.px(16) || area.width() < ctx.px(16)) return area;
  const Box empty = layout_wall(area, 1, image, 2, 1).sample(0);
  list.AddRectFilled({empty.min.x, empty.min.y}, {empty.max.x, empty.max.y}, ctx.colours.raised,
                     ctx.px(4));
  list.AddRect({empty.min.x, empty.min.y}, {empty.max.x, empty.max.y}, ctx.colours.line, ctx.px(4));
  const float pad = ctx.px(10);
  const auto lines = lines_of(ctx, run, empty.width() - 2 * pad, empty.height() - 2 * pad);
  if (lines.empty())  // whoever rests the pointer on it is told
    draw_icon(list, Icon::info, {(empty.min.x + empty.max.x) / 2, (empty.min.y + empty.max.y) / 2},
              ctx.px(18), ctx.colours.faint);
  float height = 0;
  for (const PlacedWords& placed : lines) height += placed.gap + placed.font->FontSize;
  float y = (empty.min.y + empty.max.y - height) / 2;
  list.PushClipRect({empty.min.x, empty.min.y}, {empty.max.x, empty.max.y}, true);
  for (const PlacedWords& placed : lines) {
    y += placed.gap;
    const float left = (empty.min.x + empty.max.x - text_width(placed.font, placed.words)) / 2;
    draw_text(list, placed.font, {std::max(left, empty.min.x + ctx.px(2)), y}, placed.colour,
              placed.words);
    y += placed.font->FontSize;
  }
  list.PopClipRect();
  return empty;
}

}  // namespace phaseloom
