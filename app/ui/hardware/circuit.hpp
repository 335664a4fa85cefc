// SPDX-License-Identifier: MIT
#pragma once
// The page of circuits: the picture that ngspice makes of the network on the wall, beside ours.

#include "app/session/circuit_part.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

void draw_circuit_controls(UiContext& ctx);         // circuit_controls.cpp
void draw_circuit_stage(UiContext& ctx, Box area);  // circuit_stage.cpp: pictures, table
void draw_circuit_side(UiContext& ctx);             // circuit_side.cpp: plot, numbers
void draw_circuit_progress(UiContext& ctx);         // circuit_page.cpp: buttons, how far it is
void draw_circuit_status(UiContext& ctx);
void draw_circuit_tables(UiContext& ctx);
/// Starts or stops.
void toggle_circuit(UiContext& ctx);

const CircuitSnapshot& circuit_of(UiContext& ctx);

/// Places of the window on a side, of the network on the wall; 0: it is taken whole.
int window_side(const UiContext& ctx);
/// circuit_pictures.cpp: ours, ngspice's, their difference, from the top of the area down; returns
/// where they end.
float draw_circuit_pictures(UiContext& ctx, const CircuitSnapshot& circuit, Box area);
/// circuit_table.cpp: a row for each chunk.
void draw_circuit_table(UiContext& ctx, const CircuitSnapshot& circuit, Box area);

}  // namespace phaseloom
