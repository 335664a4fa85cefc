// SPDX-License-Identifier: MIT
#include "app/document/folder_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <tuple>

#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

namespace {

/// In lower case, as far as ASCII goes: what a person looks for stands together.
std::string sorting_key(const std::string& name) {
  std::string key = name;
  for (char& c : key)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return key;
}

}  // namespace

std::vector<FolderEntry> list_folder(const fs::path& folder, std::string& problem) {
  std::vector<FolderEntry> entries;
  std::error_code error;
  problem.clear();
  fs::directory_iterator at(folder, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    const fs::path& path = at->path();
    const fs::path name = path.filename();
    if (name.native().starts_with('.')) continue;
    std::error_code gone;
    std::optional<FileKind> kind;
    if (at->is_directory(gone))
      kind = FileKind::folder;
    else if (!gone && at->is_regular_file(gone))
      kind = openable_kind(name);
    if (!gone && kind) entries.push_back({*kind, path, legible(name.native())});
  }
  if (error) problem = fmt::format("{}: {}", legible(folder.native()), error.message());
  std::ranges::sort(entries, {}, [](const FolderEntry& entry) {
    return std::tuple(entry.kind != FileKind::folder, sorting_key(entry.name), entry.path.native());
  });
  return entries;
}

}  // namespace phaseloom
