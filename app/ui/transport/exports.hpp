// SPDX-License-Identifier: MIT
#pragma once
// What Transport adds to the export window.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

void draw_flow_exports(UiContext& ctx);  ///< pictures and films of the stage
void draw_flow_tables(UiContext& ctx);   ///< points on their way, results of the grid

/// Writes the results of the grid beside the other exports.
void export_results_table(UiContext& ctx);

}  // namespace phaseloom
