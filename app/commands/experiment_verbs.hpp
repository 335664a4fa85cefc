// SPDX-License-Identifier: MIT
#pragma once
// Commands of the run on the wall: applied by the simulation at a step boundary.

#include "app/commands/arguments.hpp"
#include "app/document/touch.hpp"
#include "app/document/ui_state.hpp"

namespace phaseloom::verbs {

inline constexpr std::array<std::string_view, 3> kGesture{"begin", "end", "again"};
inline constexpr ArgumentInfo kSet[] = {field("FIELD"), value("VALUE")};
inline constexpr ArgumentInfo kCount[] = {integer("STEPS", 1, 1e9)};
inline constexpr ArgumentInfo kStep[] = {integer("STEP", 0, 1e9)};
inline constexpr ArgumentInfo kTicks[] = {integer("TICKS", 0, 1e9)};
inline constexpr ArgumentInfo kTouch[] = {choice("HOW", names_of<Touch::Kind>()),
                                          integer("LANE", 0, 4095),
                                          integer("ROW", 0, 4095),
                                          integer("COLUMN", 0, 4095),
                                          real("RADIUS", 0, kMaxBrush),
                                          real("VALUE", 0, 1),
                                          integer("LAYER", 0, 63)};
inline constexpr ArgumentInfo kGestures[] = {choice("PHASE", kGesture)};

inline constexpr CommandInfo set{"set", Scope::experiment, kSet, 2,
                                 "Gives a value of the scene, in force from the next step on."};
inline constexpr CommandInfo play{
    "play", Scope::experiment, {}, 0, "Lets time go on; from the end, starts anew."};
inline constexpr CommandInfo pause{"pause", Scope::experiment, {}, 0, "Stops time."};
inline constexpr CommandInfo toggle{"toggle", Scope::experiment, {}, 0, "Plays or pauses."};
inline constexpr CommandInfo step{"step", Scope::experiment, kCount, 0,
                                  "Pauses, and goes one step (or STEPS) forward."};
inline constexpr CommandInfo back{"back", Scope::experiment, kCount, 0,
                                  "Pauses, and goes one step (or STEPS) back."};
inline constexpr CommandInfo seek{"seek", Scope::experiment, kStep, 1,
                                  "Pauses, and goes to a step of this run, from 0."};
inline constexpr CommandInfo run{
    "run", Scope::experiment, {}, 0, "Pauses, and goes to the end of this run."};
inline constexpr CommandInfo restart{
    "restart", Scope::experiment, {}, 0, "Starts again from the same noise."};
inline constexpr CommandInfo new_noise{
    "new_noise", Scope::experiment, {}, 0, "Starts again from new noise of the same seed."};
inline constexpr CommandInfo advance{
    "advance", Scope::experiment, kTicks, 1,
    "Plays for so many steps, the hold at the end included; recordings use it."};
inline constexpr CommandInfo touch{
    "touch", Scope::experiment, kTouch, 5,
    "Stirs, erases or holds (VALUE 0 black to 1 white, else 1) what lies within RADIUS pixels of "
    "a "
    "sample's pixel, now and whenever this run comes to this step."};
inline constexpr CommandInfo undo{"undo",
                                  Scope::experiment,
                                  {},
                                  0,
                                  "Takes the last change of the scene, or the last touch, back."};
inline constexpr CommandInfo redo{
    "redo", Scope::experiment, {}, 0, "Makes what was taken back again."};
inline constexpr CommandInfo gesture{"gesture", Scope::experiment, kGestures, 1,
                                     "What changes from begin to end is one entry of undo, as in "
                                     "one drag of a slider; again goes on "
                                     "with the last one."};
inline constexpr CommandInfo load_scene{"load_scene", Scope::experiment, kFile, 1,
                                        "Opens a scene file."};
inline constexpr CommandInfo save_scene{"save_scene", Scope::experiment, kNewFile, 1,
                                        "Saves the scene."};
inline constexpr CommandInfo save_script{
    "save_script", Scope::experiment, kNewFile, 1,
    "Saves all that was done so far as a script that does it again, bit by bit."};
inline constexpr CommandInfo export_wall{
    "export", Scope::experiment, kNewPictures, 1,
    "Writes the images on the wall: .png as one picture, .npy as an array [sample][row][column]."};
inline constexpr CommandInfo export_states{
    "export.states", Scope::experiment, kNewArray, 1,
    "Writes the states of all oscillators as they are now: .npy [sample][oscillator], in rad."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kExperimentVerbs[] = {
    &set,     &play,       &pause,      &toggle,      &step,        &back,         &seek,
    &run,     &restart,    &new_noise,  &advance,     &touch,       &undo,         &redo,
    &gesture, &load_scene, &save_scene, &save_script, &export_wall, &export_states};

}  // namespace phaseloom::verbs
