// SPDX-License-Identifier: MIT
#pragma once
// Commands of the training in the background.

#include "app/commands/arguments.hpp"

namespace phaseloom::verbs {

inline constexpr CommandInfo train_start{
    "train.start",
    Scope::background,
    {},
    0,
    "Trains a new network as the values train.* say; in a script, comes to rest before its first "
    "iteration."};
inline constexpr CommandInfo train_pause{
    "train.pause", Scope::background, {}, 0, "Stops the training's time."};
inline constexpr CommandInfo train_resume{
    "train.resume", Scope::background, {}, 0, "Lets a paused training go on."};
inline constexpr CommandInfo train_stop{
    "train.stop", Scope::background, {}, 0, "Ends the training; the best so far is kept."};
inline constexpr CommandInfo train_advance{
    "train.advance", Scope::background, kIterations, 1,
    "Lets it train for so many iterations, then pauses; a script waits for that."};
inline constexpr CommandInfo train_go_on{
    "train.go_on",
    Scope::background,
    {},
    0,
    "Goes on with the training that was stopped or cut off, from where it was."};
inline constexpr CommandInfo train_keep{
    "train.keep", Scope::background, kNewModel, 1,
    "Writes the best network so far as a model (.safetensors)."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kTrainingVerbs[] = {&train_start, &train_pause,   &train_resume,
                                                        &train_stop,  &train_advance, &train_go_on,
                                                        &train_keep};

}  // namespace phaseloom::verbs
