// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// shipped_models(), then user_models(), for every frame: looks at the folders at most once a
/// second.
const std::vector<std::string>& known_models(UiContext& ctx);

}  // namespace phaseloom
