// SPDX-License-Identifier: MIT
#pragma once
// Commands of the thermodynamic computer: its training, and what is written of its run.

#include "app/commands/arguments.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kCycles[] = {integer("CYCLES", 1, 1e6)};

inline constexpr CommandInfo thermo_train{
    "thermo.train",
    Scope::background,
    {},
    0,
    "Trains a thermodynamic computer as the values thermo.* say; in a script, comes to rest before "
    "its first cycle."};
inline constexpr CommandInfo thermo_pause{
    "thermo.pause", Scope::background, {}, 0, "Stops that training's time."};
inline constexpr CommandInfo thermo_resume{
    "thermo.resume", Scope::background, {}, 0, "Lets it go on."};
inline constexpr CommandInfo thermo_stop{
    "thermo.stop", Scope::background, {}, 0, "Ends it; what it has learnt stays."};
inline constexpr CommandInfo thermo_advance{
    "thermo.advance", Scope::background, kCycles, 1,
    "Lets it train for so many cycles, then pauses; a script waits for that."};
inline constexpr CommandInfo thermo_keep{"thermo.keep", Scope::background, kNewModel, 1,
                                         "Writes what it has learnt as a model (.safetensors)."};
inline constexpr CommandInfo thermo_export{
    "thermo.export", Scope::background, kNewTable, 1,
    "Writes the heat of every sample that was counted (.csv: sample and heat_kT or, without "
    "temperature, heat_E0)."};
inline constexpr CommandInfo thermo_states{
    "thermo.states", Scope::background, kNewArray, 1,
    "Writes the run that is shown: .npy [moment][sample][unit]."};

inline constexpr CommandInfo thermo_picture{
    "thermo.picture", Scope::background, kNewPicture, 1,
    "Writes what the Thermo stage shows, without its controls, and what it was made with (.png)."};
inline constexpr CommandInfo thermo_film{
    "thermo.film", Scope::background, kNewFilm, 1,
    "Writes the run from noise to pictures as the Thermo stage draws it, and its heat: .mp4 (by "
    "ffmpeg), or .png with ## for the number."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kThermoVerbs[] = {
    &thermo_train, &thermo_pause,  &thermo_resume, &thermo_stop,    &thermo_advance,
    &thermo_keep,  &thermo_export, &thermo_states, &thermo_picture, &thermo_film};

}  // namespace phaseloom::verbs
