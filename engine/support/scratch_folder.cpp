// SPDX-License-Identifier: MIT
#include "engine/support/scratch_folder.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <string>
#include <system_error>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(fs::path path) : path_(std::move(path)) {
  fs::create_directory(path_);
}

ScratchFolder ScratchFolder::temporary(std::string_view what) {
  std::error_code problem;
  const fs::path folder = fs::temp_directory_path(problem);
  std::string name = (folder / fmt::format("phaseloom-{}-XXXXXX", what)).string();
  if (problem || !::mkdtemp(name.data())) fail("{} cannot be created", printable(name));
  return {name, Made{}};
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace phaseloom
