// SPDX-License-Identifier: MIT
#include "app/document/openable.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

struct Ending {
  std::string_view extension;
  FileKind kind;
};
constexpr std::array kEndings{
    Ending{".json", FileKind::scene}, Ending{".safetensors", FileKind::model},
    Ending{".csv", FileKind::points}, Ending{".tsv", FileKind::points},
    Ending{".txt", FileKind::points}, Ending{".graphml", FileKind::graph}};

}  // namespace

std::string_view kind_name(FileKind kind) {
  constexpr std::array<std::string_view, 5> kNames{"folder", "scene", "model", "points", "graph"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<FileKind> openable_kind(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto found = std::ranges::find(kEndings, extension, &Ending::extension);
  if (found == kEndings.end()) return std::nullopt;
  return found->kind;
}

FileKind need_openable(const std::filesystem::path& file) {
  const auto kind = openable_kind(file);
  if (!kind)
    fail(
        "{}: neither a model (.safetensors), a scene (.json), points (.csv, .tsv, .txt) nor a "
        "graph "
        "(.graphml)",
        file.filename().string());
  return *kind;
}

bool is_points_file(std::string_view pair) { return openable_kind(pair) == FileKind::points; }

}  // namespace phaseloom
