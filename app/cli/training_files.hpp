// SPDX-License-Identifier: MIT
#pragma once
// The files that a command writes which trains for long: what is wrong with them is found before
// the work begins.

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "engine/learning/checkpoint.hpp"
#include "engine/support/file_lock.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

/// Of --out. Throws Error if it is empty, is not named .safetensors, or cannot be written.
void check_model_file(const std::filesystem::path& out);

/// What is written is this work's alone as long as the locks live. Throws Error naming a file that
/// somebody else is at work on, and who it is.
/// @param work for those who find it held: the command line
std::vector<FileLock> lock_files(std::span<const std::filesystem::path> files,
                                 std::string_view work);

/// On all ranks what the first one reads: the others need no such file.
Checkpoint load_checkpoint_once(const std::filesystem::path& path, Ranks& ranks);

}  // namespace phaseloom
