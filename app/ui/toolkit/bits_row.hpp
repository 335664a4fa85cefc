// SPDX-License-Identifier: MIT
#pragma once
// Controls of the grid of bits on which couplings lie.

#include "app/ui/toolkit/context.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

/// A slider of bits: coarser to the right, like the other effects. Of the field of `row`.
void draw_bits_row(UiContext& ctx, const FieldRow& row, int bits);
/// The grid of these bits; dimmed for float weights.
void draw_grid_row(UiContext& ctx, const FieldRow& row, int bits);
/// Whose weights share a step of that grid; dimmed for float weights.
void draw_gain_row(UiContext& ctx, const FieldRow& row, int bits);

}  // namespace phaseloom
