#include "app/session/folder_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <tuple>

#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

namespace {

using Kind = FolderEntry::Kind;

struct Ending {
  std::string_view extension;
  Kind kind;
};
constexpr std::array<Ending, 3> kEndings{
    {{".json", Kind::scene}, {".safetensors", Kind::model}, {".csv", Kind::points}}};

/// In lower case, as far as ASCII goes: what a person looks for stands together.
std::string sorting_key(const std::string& name) {
  std::string key = name;
  for (char& c : key)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return key;
}

}  // namespace

std::string_view kind_name(Kind kind) {
  constexpr std::array<std::string_view, 4> kNames{"folder", "scene", "model", "points"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool openable_kind(const fs::path& file, Kind& kind) {
  const auto found = std::ranges::find(kEndings, file.extension().string(), &Ending::extension);
  if (found == kEndings.end()) return false;
  kind = found->kind;
  return true;
}

std::vector<FolderEntry> list_folder(const fs::path& folder, std::string& problem) {
  std::vector<FolderEntry> entries;
  std::error_code error;
  problem.clear();
  fs::directory_iterator at(folder, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    const fs::path& path = at->path();
    const fs::path name = path.filename();
    if (name.native().starts_with('.')) continue;
    Kind kind = Kind::folder;
    std::error_code gone;
    const bool is_folder = at->is_directory(gone);
    if (gone || (!is_folder && (!at->is_regular_file(gone) || !openable_kind(name, kind))))
      continue;
    entries.push_back({kind, path, legible(name.native())});
  }
  if (error) problem = fmt::format("{}: {}", legible(folder.native()), error.message());
  std::ranges::sort(entries, {}, [](const FolderEntry& entry) {
    return std::tuple(entry.kind != Kind::folder, sorting_key(entry.name), entry.path.native());
  });
  return entries;
}

}  // namespace phaseloom
