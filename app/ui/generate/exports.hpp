// SPDX-License-Identifier: MIT
#pragma once
// What Generate adds to the export window.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

void draw_wall_exports(UiContext& ctx);   ///< images, states, films
void draw_trail_exports(UiContext& ctx);  ///< the energy-quality trail

/// Writes the energy-quality trail beside the other exports.
void export_trail_table(UiContext& ctx);

}  // namespace phaseloom
