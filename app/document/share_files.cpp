// SPDX-License-Identifier: MIT
#include "app/document/share_files.hpp"

#include <fmt/ranges.h>

#include <fstream>
#include <system_error>
#include <vector>

#include "app/document/assets.hpp"
#include "app/document/openable.hpp"
#include "app/document/scene_paths.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

std::string shown(const std::string& path) {
  return legible(fs::path(unescaped(path)).filename().string());
}

/// Empty: nowhere.
fs::path place_of(const fs::path& name) {
  std::vector<fs::path> places{name};
  if (openable_kind(name) == FileKind::model && !user_models_folder().empty())
    places.push_back(user_models_folder() / name);
  std::error_code ignored;
  for (const fs::path& place : places)
    if (fs::is_regular_file(place, ignored)) return fs::absolute(place).lexically_normal();
  return {};
}

}  // namespace

std::string left_behind(const Scene& scene) {
  Scene copy = scene;
  std::vector<std::string> files;
  for (const std::string* name : paths_in(copy))
    if (is_path(*name)) files.push_back(shown(*name));
  if (files.empty()) return {};
  return fmt::format("Only the name goes along of {}; pass the {} on, too", fmt::join(files, ", "),
                     files.size() == 1 ? "file" : "files");
}

SharedScene open_share_text(std::string_view text, std::string_view source) {
  SharedScene shared{parse_share_text(text, source), {}};
  std::vector<std::string> missing;
  for (std::string* name : paths_in(shared.scene)) {
    if (!is_path(*name)) continue;
    const fs::path place = place_of(unescaped(*name));
    if (!place.empty())
      *name = escaped(place.string());
    else
      missing.push_back(shown(*name));
    if (place.empty() && name == &shared.scene.model)
      fail(
          "{}: its model {} is a file of whoever copied it, and a line carries only the name; "
          "put that file into {} and open the line again",
          source, printable(missing.back()),
          user_models_folder().empty() ? "this folder" : legible(user_models_folder().string()));
  }
  if (!missing.empty())
    shared.missing =
        fmt::format("{}: {} not here; a line carries the names of files only", source,
                    missing.size() == 1 ? missing.front() + " is"
                                        : fmt::format("{} are", fmt::join(missing, ", ")));
  return shared;
}

std::string line_in(const fs::path& file) {
  constexpr std::size_t kGlance = 64;  // tells what it is; tables of points may be long
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return {};  // others may have no end
  std::ifstream in(file, std::ios::binary);
  std::string text;
  for (const std::size_t most : {kGlance, kMaxWrapped + 1}) {
    const std::size_t before = text.size();
    text.resize(most);
    in.read(text.data() + before, static_cast<std::streamsize>(most - before));
    text.resize(before + static_cast<std::size_t>(in.gcount()));
    if (!is_sealed(text)) return {};
  }
  return text;
}

Scene scene_of(const std::string& file_or_line) {
  const std::string line = is_sealed(file_or_line) ? file_or_line : line_in(file_or_line);
  return line.empty() ? load_scene(file_or_line) : open_share_text(line, kSharedText).scene;
}

}  // namespace phaseloom
