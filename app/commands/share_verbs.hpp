// SPDX-License-Identifier: MIT
#pragma once
// The scene as one line of text.

#include "app/commands/arguments.hpp"
#include "app/document/sealed_text.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kSceneLine[] = {
    {"LINE", ArgumentInfo::Kind::text, 0, double(kMaxSealed)}};

inline constexpr std::array<std::string_view, 1> kTxt{".txt"};
inline constexpr ArgumentInfo kLineFile[] = {output("FILE", kTxt)};

inline constexpr CommandInfo scene_copy{
    "scene.copy",
    Scope::background,
    {},
    0,
    "Copies the scene to the clipboard as one line of text, phaseloom:...; a script has a "
    "clipboard of its own."};
inline constexpr CommandInfo scene_write{"scene.write", Scope::background, kLineFile, 1,
                                         "Writes that line into a file (.txt)."};
inline constexpr CommandInfo scene_open{"scene.open", Scope::experiment, kSceneLine, 1,
                                        "Opens the scene of such a line."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kShareVerbs[] = {&scene_copy, &scene_write, &scene_open};

}  // namespace phaseloom::verbs
