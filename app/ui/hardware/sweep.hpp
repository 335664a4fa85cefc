// SPDX-License-Identifier: MIT
#pragma once
// The page of sweeps: many designs, each cell of the maps one of them.

#include "app/session/sweep_map.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// What the panels show of the sweep that is open, made anew when it or the prices change.
struct SweepView {
  std::shared_ptr<const SweepSnapshot> sweep;
  CostChoice cost;
  std::array<int, 4> slice{};
  SweepSlices slices;
  SweepMap map;
  std::vector<SweepSpot> spots;
};
const SweepView& sweep_view(UiContext& ctx);

void draw_sweep_controls(UiContext& ctx);         // sweep_controls.cpp
void draw_sweep_stage(UiContext& ctx, Box area);  // sweep_stage.cpp: maps of quality and energy
void draw_sweep_side(UiContext& ctx);             // sweep_side.cpp: the front
void draw_sweep_board(UiContext& ctx);            // sweep_board.cpp: who works on what
void draw_sweep_progress(UiContext& ctx);         // sweep_progress.cpp: buttons, how far it is
void draw_sweep_status(UiContext& ctx);
void draw_sweep_tables(UiContext& ctx);
/// Starts, pauses or resumes.
void toggle_sweep(UiContext& ctx);
/// A new folder among the user's files, with the sweep as it is set.
void start_sweep(UiContext& ctx);

/// Puts a cell on the wall of Generate, and goes there.
void show_cell(UiContext& ctx, const SweepTable::Place& place);
/// Whether the wall shows it now.
bool on_wall(const UiContext& ctx, const SweepTable::Place& place);
/// What the hint on a cell says.
std::string cell_help(const UiContext& ctx, const SweepView& view,
                      std::span<const std::size_t> places);

}  // namespace phaseloom
