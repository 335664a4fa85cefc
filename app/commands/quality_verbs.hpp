// SPDX-License-Identifier: MIT
#pragma once
// Commands of the quality of what is on the wall, and of the trail of settings measured.

#include "app/commands/arguments.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kTimes[] = {integer("TIMES", 1, 100)};
inline constexpr ArgumentInfo kNumber[] = {integer("NUMBER", 1, 1e9)};

inline constexpr CommandInfo measure{
    "measure",
    Scope::background,
    {},
    0,
    "Measures how good the images of the network on the wall are, as it is set now; the window "
    "does so by itself."};
inline constexpr CommandInfo as_trained{
    "as_trained",
    Scope::background,
    {},
    0,
    "Sets the hardware that the model was trained for (bits, grid, density, noise, mismatch); one "
    "entry of undo."};
inline constexpr CommandInfo trail_go{
    "trail.go", Scope::background, kNumber, 1,
    "Goes back to a setting of the energy-quality trail, 1 being the first; one entry of undo."};
inline constexpr CommandInfo trail_export{
    "trail.export", Scope::background, kNewTable, 1,
    "Writes the energy-quality trail as a table (.csv): settings, quality, cost."};
inline constexpr CommandInfo trail_clear{
    "trail.clear", Scope::background, {}, 0, "Forgets the energy-quality trail."};
inline constexpr CommandInfo trail_repeat{
    "trail.repeat", Scope::background, kTimes, 1,
    "Measures the setting in force so many times more, with the seeds after its own: the trail "
    "then knows the spread."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kQualityVerbs[] = {&measure,      &as_trained,  &trail_go,
                                                       &trail_export, &trail_clear, &trail_repeat};

}  // namespace phaseloom::verbs
