// SPDX-License-Identifier: MIT
#pragma once
// What lies in the middle of Generate: the wall of samples, and the sample under the pointer.

#include "app/ui/generate/view.hpp"

namespace phaseloom {

/// The wall with its tools; `difference`: how what differs from ideal hardware looks.
void draw_wall(UiContext& ctx, const ViewLook& look, const ViewLook& difference, Box area);
/// The sample under the pointer, enlarged beside it; of all runs that are compared.
void draw_magnifier(UiContext& ctx, const ViewLook& look, const ViewLook& difference,
                    const WallLayout& wall, Box area);

}  // namespace phaseloom
