// SPDX-License-Identifier: MIT
#pragma once
// Commands of the field in the Learn workspace.

#include "app/commands/arguments.hpp"
#include "engine/field/brush.hpp"
#include "engine/field/limits.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kFieldSteps[] = {integer("STEPS", 1, 1e6)};
inline constexpr ArgumentInfo kFieldTouch[] = {
    choice("HOW", names_of<Disturbance>()), real("X", -kMaxFieldSide, 2 * kMaxFieldSide),
    real("Y", -kMaxFieldSide, 2 * kMaxFieldSide), real("RADIUS", 0.5, kMaxFieldSide)};
inline constexpr ArgumentInfo kFieldBrush[] = {choice("HOW", names_of<Disturbance>()),
                                               real("RADIUS", 0.5, kMaxFieldSide)};

inline constexpr CommandInfo field_play{
    "field.play", Scope::background, {}, 0, "Lets the field's time go on."};
inline constexpr CommandInfo field_pause{"field.pause", Scope::background, {}, 0, "Stops it."};
inline constexpr CommandInfo field_step{"field.step", Scope::background, kFieldSteps, 0,
                                        "Goes one step (or STEPS) on, and pauses."};
inline constexpr CommandInfo field_restart{
    "field.restart", Scope::background, {}, 0, "Begins again from the phases of the seed."};
inline constexpr CommandInfo field_disturb{
    "field.disturb", Scope::background, kFieldTouch, 4,
    "Gives the places within RADIUS of a place, in columns and rows, other phases: any, those of a "
    "vortex or its opposite, or that of the middle."};
inline constexpr CommandInfo field_export{
    "field.export", Scope::background, kNewArray, 1,
    "Writes the phases as they are now: .npy [row][column], in rad."};
inline constexpr CommandInfo field_brush{"field.brush", Scope::ui, kFieldBrush, 1,
                                         "What a hand does to the field, and how large it is."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kFieldVerbs[] = {&field_play,    &field_pause,   &field_step,
                                                     &field_restart, &field_disturb, &field_export,
                                                     &field_brush};

}  // namespace phaseloom::verbs
