// SPDX-License-Identifier: MIT
#pragma once
// Text files that CMake put into the program (cmake/embed_files.cmake).

#include <span>
#include <string_view>

namespace phaseloom {

struct EmbeddedFile {
  std::string_view name;  ///< without folder, e.g. "wall.frag"
  std::string_view text;
};

/// All files of shaders/.
std::span<const EmbeddedFile> embedded_shaders();

/// Text of one shader; asserts that it exists.
std::string_view shader_text(std::string_view name);

}  // namespace phaseloom
