// SPDX-License-Identifier: MIT
#pragma once
// The Learn workspace: a playground of small networks that are touched. Its zones are free
// functions over the context, each in a file of its own.

#include <string>

#include "app/session/playground_part.hpp"
#include "app/ui/toolkit/workspace.hpp"

namespace phaseloom {

extern const WorkspaceView kLearnWorkspace;  // workspace.cpp

void draw_learn_controls(UiContext& ctx);  // learn_controls.cpp: presets, network, units
void draw_lesson_list(UiContext& ctx);     // lesson_list.cpp; among the controls
/// The same at the right end of a stage's first row, where it is in reach whatever is scrolled or
/// folded away; returns what is left of the row.
Box draw_lesson_menu(UiContext& ctx, Box row);
void draw_learn_stage(UiContext& ctx);  // learn_stage.cpp: the canvas
void draw_learn_plots(UiContext& ctx);  // learn_plots.cpp: what is measured, what theory says
std::string learn_caption(const UiContext& ctx);
void draw_learn_time(UiContext& ctx);     // learn_time.cpp: buttons, states over time
void draw_learn_status(UiContext& ctx);   // learn_status.cpp
void draw_learn_exports(UiContext& ctx);  // exports.cpp: rows of the export window
void draw_learn_tables(UiContext& ctx);

const PlaygroundSnapshot& playground_of(const UiContext& ctx);

/// Why the network cannot be changed by hand; empty if it can.
std::string_view why_not_editable(const UiContext& ctx);
/// Why another seed changes nothing; empty if it does.
std::string_view why_no_seed(const UiContext& ctx);
void another_seed(UiContext& ctx);  // of the playground, if that changes anything
/// Takes the selected units away, as one entry of undo.
void remove_picked(UiContext& ctx);

}  // namespace phaseloom
