// SPDX-License-Identifier: MIT
#include "engine/data/image_set_folder.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

std::string in_small_letters(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// "Fashion-MNIST" and "FashionMNIST" are one name.
std::string plain_name(std::string_view name) {
  std::string plain = in_small_letters(std::string(name));
  std::erase_if(plain, [](char c) { return c == '-' || c == '_' || c == ' '; });
  return plain;
}

bool is_among(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::find(names, plain_name(name), plain_name) != names.end();
}

/// Entries in the order of their names, so that the same folder always gives the same set.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::end(entry);
       entry.increment(error))
    entries.push_back(entry->path());
  std::ranges::sort(entries);
  return entries;
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

struct Part {
  std::string beginning;
  int half;  // training, test
  bool images;
};

struct SplitName {
  std::string_view name;
  int half;
};
constexpr SplitName kSplits[] = {{"train", 0}, {"t10k", 1}, {"test", 1}};

/// What the name of a file says about it, or nothing.
std::optional<Part> part_named(const fs::path& file) {
  std::string name = in_small_letters(file.filename().string());
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  for (const SplitName& split : kSplits)
    for (const bool images : {true, false})
      for (const char separator : {'-', '.'}) {
        const std::string ending =
            fmt::format("{}-{}{}idx{}-ubyte", split.name, images ? "images" : "labels", separator,
                        images ? 3 : 1);
        if (!name.ends_with(ending)) continue;
        const std::string beginning = name.substr(0, name.size() - ending.size());
        if (beginning.empty() || beginning.back() == '-')
          return Part{beginning, split.half, images};
      }
  return std::nullopt;
}

/// The gzipped file, of two that are the same: it was downloaded, and says when it is damaged.
bool is_better(const fs::path& file, const fs::path& than) {
  return than.empty() || (file.extension() == ".gz" && than.extension() != ".gz");
}

}  // namespace

ImageSetFiles find_image_set(const fs::path& folder, std::span<const std::string_view> names) {
  std::map<std::string, ImageSetFiles> sets;
  for (const fs::path& file : entries_of(folder)) {
    const auto part = part_named(file);
    if (!part || is_folder(file)) continue;
    ImageSetFiles& set = sets[part->beginning];
    ImageSetFiles::Half& half = set.halves[static_cast<std::size_t>(part->half)];
    fs::path& place = part->images ? half.images : half.labels;
    if (is_better(file, place)) place = file;
  }
  // Labels alone are no set.
  std::erase_if(sets, [](const auto& entry) { return entry.second.empty(); });
  for (auto& [beginning, set] : sets) {
    set.folder = folder;
    set.beginning = beginning;
    if (beginning.empty() || is_among(beginning, names)) return set;
  }
  if (sets.size() > 1) {
    std::vector<std::string> beginnings;
    for (const auto& [beginning, set] : sets) beginnings.push_back(printable(beginning));
    fail(
        "{}: holds several data sets, their files beginning with {}; put the four files of one "
        "into a folder of their own",
        folder.string(), fmt::join(beginnings, ", "));
  }
  return sets.empty() ? ImageSetFiles{folder, {}, {}} : sets.begin()->second;
}

std::vector<fs::path> image_set_folders(const fs::path& root,
                                        std::span<const std::string_view> names) {
  std::vector<fs::path> folders;
  const auto add = [&](const fs::path& folder) {
    folders.push_back(folder);
    folders.push_back(folder / "raw");
  };
  for (const std::string_view name : names)
    if (is_folder(root / name)) add(root / name);
  for (const fs::path& entry : entries_of(root))
    if (is_among(entry.filename().string(), names) && is_folder(entry) &&
        std::ranges::find(folders, entry) == folders.end())
      add(entry);
  add(root);
  return folders;
}

std::string contents_of(const fs::path& folder) {
  constexpr std::size_t kShown = 6;
  const auto entries = entries_of(folder);
  if (entries.empty()) return "nothing";
  std::vector<std::string> names;
  for (const fs::path& entry : entries) {
    if (names.size() == kShown) break;
    names.push_back(printable(entry.filename().string()));
  }
  std::string text = fmt::format("{}", fmt::join(names, ", "));
  if (entries.size() > kShown) text += fmt::format(" and {} more", entries.size() - kShown);
  return text;
}

}  // namespace phaseloom
