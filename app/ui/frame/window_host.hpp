// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace phaseloom {

/// The laboratory in a window, until it is closed; returns the exit code. Throws Error when there
/// is no display or no OpenGL.
int run_laboratory(const std::vector<std::string>& files);

}  // namespace phaseloom
