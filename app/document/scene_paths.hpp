// SPDX-License-Identifier: MIT
#pragma once
// What of a scene may be the path of a file.

#include <array>
#include <string>
#include <string_view>

#include "app/document/scene.hpp"

namespace phaseloom {

/// A name that is looked up as it is where this is false.
bool is_path(std::string_view name);

/// The model on the wall first, since nothing runs without it.
std::array<std::string*, 3> paths_in(Scene& scene);

}  // namespace phaseloom
