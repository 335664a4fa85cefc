// SPDX-License-Identifier: MIT
#pragma once
// Hands and eyes of a script: only a script has these.

#include "app/commands/arguments.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kFrames[] = {integer("FRAMES", 1, 1e5)};
inline constexpr ArgumentInfo kSeconds[] = {real("SECONDS", 0, 3600)};
inline constexpr ArgumentInfo kPoint[] = {real("X", -1e4, 1e4), real("Y", -1e4, 1e4)};
inline constexpr ArgumentInfo kLine[] = {real("X0", -1e4, 1e4), real("Y0", -1e4, 1e4),
                                         real("X1", -1e4, 1e4), real("Y1", -1e4, 1e4)};
inline constexpr ArgumentInfo kNotches[] = {real("NOTCHES", -100, 100)};
inline constexpr ArgumentInfo kChord[] = {chord("CHORD")};
inline constexpr ArgumentInfo kText[] = {text("TEXT")};
inline constexpr ArgumentInfo kFilm[] = {integer("PICTURES", 2, 10'000), output("FILE", kPng)};

inline constexpr CommandInfo advance_frames{"advance_frames", Scope::script, kFrames, 1,
                                            "Draws frames, 1/60 s apart."};
inline constexpr CommandInfo wait{"wait", Scope::script, kSeconds, 1,
                                  "Draws frames until so many seconds have passed."};
inline constexpr CommandInfo hover{"hover", Scope::script, kPoint, 2, "Moves the pointer."};
inline constexpr CommandInfo click{"click", Scope::script, kPoint, 2,
                                   "Moves the pointer there and clicks."};
inline constexpr CommandInfo drag{"drag", Scope::script, kLine, 4,
                                  "Presses at one point, moves to another, lets go."};
inline constexpr CommandInfo scroll{"scroll", Scope::script, kNotches, 1,
                                    "Turns the wheel, positive away from the user."};
inline constexpr CommandInfo key{"key", Scope::script, kChord, 1,
                                 "Presses a key, e.g. Ctrl+Shift+Z, Space, F1."};
inline constexpr CommandInfo type{"type", Scope::script, kText, 1, "Types text."};
inline constexpr CommandInfo shot{"shot", Scope::script, kNewPicture, 1,
                                  "Writes a picture (.png) of the window."};
inline constexpr CommandInfo film{
    "film", Scope::script, kFilm, 2,
    "Writes pictures of the window, evenly spaced from here to the end of the run; "
    "## in FILE becomes the number."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kScriptVerbs[] = {
    &advance_frames, &wait, &hover, &click, &drag, &scroll, &key, &type, &shot, &film};

}  // namespace phaseloom::verbs
