#pragma once
// What of a folder can be opened.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

struct FolderEntry {
  enum class Kind { folder, scene, model, points };
  Kind kind = Kind::folder;
  std::filesystem::path path;
  std::string name;  ///< as it is shown: in UTF-8, other bytes as \xNN
};

/// "folder", "scene", ...
std::string_view kind_name(FolderEntry::Kind kind);
/// Whether a file of that name can be opened, and as what.
bool openable_kind(const std::filesystem::path& file, FolderEntry::Kind& kind);

/// Folders first, then files, each by name; hidden ones and what cannot be opened are left out.
/// What cannot be read is said in `problem`, one line, else it is empty.
std::vector<FolderEntry> list_folder(const std::filesystem::path& folder, std::string& problem);

}  // namespace phaseloom
