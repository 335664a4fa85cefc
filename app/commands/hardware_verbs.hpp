// SPDX-License-Identifier: MIT
#pragma once
// Commands of the Hardware workspace: its pages, the cost of a design, many designs (a sweep), many
// devices of one design (chips), and what a circuit simulator makes of it.

#include "app/commands/arguments.hpp"
#include "app/document/ui_state.hpp"

namespace phaseloom::verbs {

inline constexpr std::array<std::string_view, 2> kTablesAndPlots{".csv", ".svg"};
inline constexpr ArgumentInfo kPage[] = {choice("PAGE", names_of<DesignView::Page>())};
inline constexpr ArgumentInfo kSlice[] = {choice("SLICE", names_of<DesignView::Slice>()),
                                          integer("NUMBER", 0, 99)};
inline constexpr ArgumentInfo kCells[] = {integer("CELLS", 1, 1e6)};
inline constexpr ArgumentInfo kCell[] = {text("CELL")};
inline constexpr ArgumentInfo kFolder[] = {text("FOLDER")};
inline constexpr ArgumentInfo kNewFolder[] = {output("FOLDER")};
inline constexpr ArgumentInfo kNewTableOrPlot[] = {output("FILE", kTablesAndPlots)};
inline constexpr ArgumentInfo kDevices[] = {integer("DEVICES", 1, 1e6)};
inline constexpr ArgumentInfo kDevice[] = {integer("DEVICE", 1, 1e9)};
inline constexpr ArgumentInfo kChunks[] = {integer("CHUNKS", 1, 1e6)};
inline constexpr ArgumentInfo kPlaceInList[] = {integer("NUMBER", 0, 99)};

inline constexpr CommandInfo hardware_show{
    "hardware.show", Scope::ui, kPage, 1,
    "Shows a page of the Hardware workspace: what a design costs, many designs, many devices of "
    "one design, or what a circuit simulator makes of it."};
inline constexpr CommandInfo cost_reset{
    "cost.reset",
    Scope::background,
    {},
    0,
    "Gives all constants of the cost model the values of their technology; one entry of undo."};
inline constexpr CommandInfo cost_export{
    "cost.export", Scope::background, kNewTable, 1,
    "Writes what the network on the wall would cost as a table (.csv): by each way to hold its "
    "chunks, with the constants and what stands beside it."};

inline constexpr CommandInfo sweep_start{
    "sweep.start", Scope::background, kNewFolder, 1,
    "Works on a sweep as the values sweep.* say, in a folder that is made or gone on with; in a "
    "script, comes to rest before its first cell."};
inline constexpr CommandInfo sweep_open{
    "sweep.open", Scope::background, kFolder, 1,
    "Shows the sweep in a folder, also one that others work on."};
inline constexpr CommandInfo sweep_close{
    "sweep.close", Scope::background, {}, 0, "Shows none any more; its folder stays."};
inline constexpr CommandInfo sweep_go_on{
    "sweep.go_on", Scope::background, {}, 0, "Works on the sweep that is open."};
inline constexpr CommandInfo sweep_pause{
    "sweep.pause", Scope::background, {}, 0, "Stops that work's time."};
inline constexpr CommandInfo sweep_resume{
    "sweep.resume", Scope::background, {}, 0, "Lets it go on."};
inline constexpr CommandInfo sweep_stop{
    "sweep.stop",
    Scope::background,
    {},
    0,
    "Ends it; what is finished stays, and the cell on its way is given up."};
inline constexpr CommandInfo sweep_advance{
    "sweep.advance", Scope::background, kCells, 1,
    "Lets it work on so many cells, then pauses; a script waits for that."};
inline constexpr CommandInfo sweep_show{
    "sweep.show", Scope::background, kCell, 1,
    "Puts the network and the hardware of a cell, by its name in the table, on the wall of "
    "Generate; one entry of undo."};
inline constexpr CommandInfo sweep_slice{
    "sweep.slice", Scope::ui, kSlice, 2,
    "Which of a sweep's networks, weight noises or mismatches the maps are of, counted from 0; "
    "trained 1: of networks that were trained on."};
inline constexpr CommandInfo sweep_export{
    "sweep.export", Scope::background, kNewTableOrPlot, 1,
    "Writes the sweep that is open: a table (.csv), its map, or, with pareto in the file's name, "
    "its front (.svg)."};

inline constexpr CommandInfo chips_start{
    "chips.start",
    Scope::background,
    {},
    0,
    "Builds and judges devices of the design on the wall as the values chips.* say; in a script, "
    "comes to rest before the first."};
inline constexpr CommandInfo chips_pause{
    "chips.pause", Scope::background, {}, 0, "Stops that work's time."};
inline constexpr CommandInfo chips_resume{
    "chips.resume", Scope::background, {}, 0, "Lets it go on."};
inline constexpr CommandInfo chips_stop{
    "chips.stop", Scope::background, {}, 0, "Ends it; devices that are judged stay."};
inline constexpr CommandInfo chips_advance{
    "chips.advance", Scope::background, kDevices, 1,
    "Lets it judge so many devices, then pauses; a script waits for that."};
inline constexpr CommandInfo chips_mismatch{
    "chips.mismatch", Scope::ui, kPlaceInList, 1,
    "Which of the mismatches the devices are shown of, counted from 0."};
inline constexpr CommandInfo chips_show{
    "chips.show", Scope::background, kDevice, 1,
    "Puts a device, with the mismatch that is shown, on the wall of Generate; one entry of undo."};
inline constexpr CommandInfo chips_export{"chips.export", Scope::background, kNewTable, 1,
                                          "Writes the devices that are judged as a table (.csv)."};

inline constexpr CommandInfo circuit_start{
    "circuit.start",
    Scope::background,
    {},
    0,
    "Runs the network on the wall as a circuit in ngspice, as the values circuit.* say, and "
    "compares each chunk with the engine; in a script, comes to rest before the first."};
inline constexpr CommandInfo circuit_stop{
    "circuit.stop", Scope::background, {}, 0, "Ends it; chunks that are compared stay."};
inline constexpr CommandInfo circuit_advance{
    "circuit.advance", Scope::background, kChunks, 1,
    "In a script, lets it compare so many chunks and waits for that; in the window it goes on by "
    "itself."};
inline constexpr CommandInfo circuit_export{
    "circuit.export", Scope::background, kNewTable, 1,
    "Writes how far the circuit is from the engine after each chunk as a table (.csv)."};
inline constexpr CommandInfo circuit_save{
    "circuit.save", Scope::background, kNewFolder, 1,
    "Writes the decks of all chunks, which ngspice runs by hand, and the pictures side by side as "
    "comparison.png into a folder."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kHardwareVerbs[] = {
    &hardware_show,   &cost_reset,     &cost_export,  &sweep_start,  &sweep_open,    &sweep_close,
    &sweep_go_on,     &sweep_pause,    &sweep_resume, &sweep_stop,   &sweep_advance, &sweep_show,
    &sweep_slice,     &sweep_export,   &chips_start,  &chips_pause,  &chips_resume,  &chips_stop,
    &chips_advance,   &chips_mismatch, &chips_show,   &chips_export, &circuit_start, &circuit_stop,
    &circuit_advance, &circuit_export, &circuit_save};

}  // namespace phaseloom::verbs
