// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// shipped_models(), then user_models(), for every frame: looks at the folders at most once a
/// second.
const std::vector<std::string>& known_models(UiContext& ctx);

/// Where a network goes that is kept: a file among the user's models that is not there yet, named
/// after `stem` and counted from 1, as a command carries it. Nothing, with a message, in a script,
/// which says itself what is written (by `line`), and where no home folder is known.
std::optional<std::string> free_model_file(UiContext& ctx, const std::string& stem,
                                           const char* line);

}  // namespace phaseloom
