// SPDX-License-Identifier: MIT
#pragma once
// Commands of the playground in the Learn workspace: changes of its network, which are undone and
// recorded, and of its run.

#include "app/commands/arguments.hpp"
#include "app/document/ui_state.hpp"
#include "engine/playground/setup.hpp"

namespace phaseloom::verbs {

inline constexpr double kLastUnit = kMaxPlaygroundUnits - 1;
inline constexpr ArgumentInfo kPreset[] = {choice("PRESET", names_of<Preset>())};
inline constexpr ArgumentInfo kNewUnit[] = {
    real("X", 0, 1), real("Y", 0, 1),
    real("DETUNING", -kMaxPlaygroundWeight, kMaxPlaygroundWeight)};
inline constexpr ArgumentInfo kOneUnit[] = {integer("UNIT", 0, kLastUnit)};
inline constexpr ArgumentInfo kUnitPlace[] = {integer("UNIT", 0, kLastUnit), real("X", 0, 1),
                                              real("Y", 0, 1)};
inline constexpr ArgumentInfo kUnitDetuning[] = {
    integer("UNIT", 0, kLastUnit), real("DETUNING", -kMaxPlaygroundWeight, kMaxPlaygroundWeight)};
inline constexpr ArgumentInfo kUnitPair[] = {
    integer("UNIT", 0, kLastUnit), integer("UNIT", 0, kLastUnit),
    real("WEIGHT", -kMaxPlaygroundWeight, kMaxPlaygroundWeight)};
inline constexpr ArgumentInfo kUnitState[] = {integer("UNIT", 0, kLastUnit),
                                              real("STATE", -1000, 1000)};
inline constexpr ArgumentInfo kPixel[] = {integer("UNIT", 0, 1e6), integer("SAMPLE", 0, 4095)};
inline constexpr ArgumentInfo kDisturbed[] = {real("SHARE", 0, 1)};
inline constexpr ArgumentInfo kPlaygroundSteps[] = {integer("STEPS", 1, 1e6)};
inline constexpr ArgumentInfo kPlaygroundTool[] = {
    choice("TOOL", names_of<PlaygroundView::Tool>())};

inline constexpr CommandInfo playground_preset{
    "playground.preset", Scope::experiment, kPreset, 1,
    "Sets all values of the playground as that known experiment begins."};
inline constexpr CommandInfo playground_add{
    "playground.add", Scope::experiment, kNewUnit, 2,
    "Adds a unit at a place of the canvas, 0 to 1 from its top left corner; the network is one's "
    "own from then on."};
inline constexpr CommandInfo playground_delete{"playground.delete", Scope::experiment, kOneUnit, 1,
                                               "Takes a unit and its couplings away."};
inline constexpr CommandInfo playground_move{"playground.move", Scope::experiment, kUnitPlace, 3,
                                             "Moves a unit on the canvas."};
inline constexpr CommandInfo playground_tune{
    "playground.tune", Scope::experiment, kUnitDetuning, 2,
    "Gives a unit its own frequency or drive, in units of the spread."};
inline constexpr CommandInfo playground_couple{
    "playground.couple", Scope::experiment, kUnitPair, 2,
    "Couples two units, or changes how strongly (times K; 1 if it is not said); 0 takes the "
    "coupling away."};
inline constexpr CommandInfo playground_open{
    "playground.open", Scope::experiment, kFile, 1,
    "Puts the graph of a file on the canvas: an edge list (CSV) or GraphML."};
inline constexpr CommandInfo playground_pixel{
    "playground.pixel", Scope::experiment, kPixel, 1,
    "Looks into the network of Generate: the units around one, led at the border by the run of a "
    "sample of the wall."};
inline constexpr CommandInfo playground_play{
    "playground.play", Scope::background, {}, 0, "Lets the playground's time go on."};
inline constexpr CommandInfo playground_pause{
    "playground.pause", Scope::background, {}, 0, "Stops it."};
inline constexpr CommandInfo playground_step{"playground.step", Scope::background, kPlaygroundSteps,
                                             0, "Goes one step (or STEPS) on, and pauses."};
inline constexpr CommandInfo playground_back{
    "playground.back", Scope::background, kPlaygroundSteps, 0,
    "Goes one step (or STEPS) back, as far as they are kept, and pauses."};
inline constexpr CommandInfo playground_restart{
    "playground.restart", Scope::background, {}, 0, "Begins again from the start of the seed."};
inline constexpr CommandInfo playground_turn{
    "playground.turn", Scope::background, kUnitState, 2,
    "Puts a unit into a state, rad or voltage, from which it goes on."};
inline constexpr CommandInfo playground_disturb{
    "playground.disturb", Scope::background, kDisturbed, 1,
    "Puts that share of the units into states of chance."};
inline constexpr CommandInfo playground_export{
    "playground.export", Scope::background, kNewTable, 1,
    "Writes the last moments (.csv: time, order, energy, the state of each unit)."};
inline constexpr CommandInfo playground_graph{
    "playground.graph", Scope::background, kNewTable, 1,
    "Writes the couplings as an edge list (.csv: source, target, weight)."};
inline constexpr CommandInfo playground_tool{"playground.tool", Scope::ui, kPlaygroundTool, 1,
                                             "What the pointer does on the canvas."};
inline constexpr CommandInfo playground_pick{"playground.pick", Scope::ui, kOneUnit, 1,
                                             "Selects one more unit."};
inline constexpr CommandInfo playground_unpick{
    "playground.unpick", Scope::ui, {}, 0, "Selects none."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kPlaygroundVerbs[] = {
    &playground_preset,  &playground_add,    &playground_delete,  &playground_move,
    &playground_tune,    &playground_couple, &playground_open,    &playground_pixel,
    &playground_play,    &playground_pause,  &playground_step,    &playground_back,
    &playground_restart, &playground_turn,   &playground_disturb, &playground_export,
    &playground_graph,   &playground_tool,   &playground_pick,    &playground_unpick};

}  // namespace phaseloom::verbs
