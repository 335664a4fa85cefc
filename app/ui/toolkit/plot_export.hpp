// SPDX-License-Identifier: MIT
#pragma once
// Each plot offers its numbers: by a right click on it, in the export window, and to scripts.

#include <span>

#include "app/commands/plot_table.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// After a plot, which is the item submitted last. `name` is one of kPlotNames, `title` is for
/// people. Writes what `export.plot` waits for; a right click asks for it, or copies it.
void offer_plot(UiContext& ctx, const char* name, const char* title,
                std::span<const PlotColumn> columns);
/// Once all zones are drawn: says which plots were wanted but are not on the screen.
void refuse_other_plots(UiContext& ctx);

}  // namespace phaseloom
