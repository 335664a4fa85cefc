// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace phaseloom {

/// Whether it is a file that is there, or a scene as text.
bool can_open(const std::string& file);

/// Opens the laboratory with these scenes, models and points in it, and returns the exit code when
/// it is closed. What `phaseloom` without a command does. Throws Error if a scene cannot be read.
int run_window(const std::vector<std::string>& files);

}  // namespace phaseloom
