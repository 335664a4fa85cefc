// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/bits_row.hpp"

#include <fmt/format.h>

#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_bits_row(UiContext& ctx, const FieldRow& row, int bits) {
  const float width = begin_row(ctx, row);
  // 0 is float, 1..8 are 8..1 bits.
  double place = bits == 0 ? 0 : 9 - bits;
  const std::string shown = bits == 0 ? "float" : fmt::format("{} bit", bits);
  const bool changed = slider(ctx, "value", place, {0, 8, 1, 1, "%.0f"}, width, shown.c_str(),
                              SliderInput::drag_only);
  note_place(ctx, row.field);
  if (changed) {
    const int step = static_cast<int>(place + 0.5);
    ctx.session.set(row.field, step == 0 ? 0 : 9 - step);
  }
  hint(ctx, field_help(row) + "\nFar left is float; to the right 8, 7, ... 1 bit.");
  end_row(ctx, row);
}

void draw_grid_row(UiContext& ctx, const FieldRow& row, int bits) {
  const Unavailable dimmed(ctx, bits == 0 ? "float weights have no grid" : "");
  const char* const grids[] = {"2's complement", "symmetric"};
  choice_row(ctx, row, grids);
}

void draw_gain_row(UiContext& ctx, const FieldRow& row, int bits) {
  const Unavailable dimmed(ctx, bits == 0 ? "float weights have no step to share" : "");
  const char* const gains[] = {"one a chunk", "one a unit"};
  choice_row(ctx, row, gains);
}

}  // namespace phaseloom
