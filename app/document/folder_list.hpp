// SPDX-License-Identifier: MIT
#pragma once
// What of a folder can be opened.

#include <filesystem>
#include <string>
#include <vector>

#include "app/document/openable.hpp"

namespace phaseloom {

struct FolderEntry {
  FileKind kind = FileKind::folder;
  std::filesystem::path path;
  std::string name;  ///< as it is shown: in UTF-8, other bytes as \xNN
};

/// Folders first, then files, each by name; hidden ones and what cannot be opened are left out.
/// What cannot be read is said in `problem`, one line, else it is empty.
std::vector<FolderEntry> list_folder(const std::filesystem::path& folder, std::string& problem);

}  // namespace phaseloom
