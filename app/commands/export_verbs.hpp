// SPDX-License-Identifier: MIT
#pragma once
// Commands that write films, and the numbers behind plots.

#include "app/commands/arguments.hpp"
#include "app/commands/plot_table.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kPlot[] = {choice("PLOT", kPlotNames), output("FILE", kCsv)};

inline constexpr CommandInfo export_film{
    "export.film", Scope::background, kNewFilm, 1,
    "Writes how the images on the wall form, in the view that is chosen: .mp4 (by ffmpeg), or "
    ".png with ## for the number of the step."};
inline constexpr CommandInfo export_cancel{
    "export.cancel",
    Scope::background,
    {},
    0,
    "Ends the film that is being written, of the wall, of Transport or of Thermo; nothing is "
    "left of it."};
inline constexpr CommandInfo export_plot{
    "export.plot", Scope::background, kPlot, 2,
    "Writes the numbers behind a plot that is on the screen as a table (.csv)."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kExportVerbs[] = {&export_film, &export_cancel, &export_plot};

}  // namespace phaseloom::verbs
