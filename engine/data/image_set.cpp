// SPDX-License-Identifier: MIT
#include "engine/data/image_set.hpp"

#include <fmt/ranges.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "engine/data/image_set_folder.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

struct KnownSet {
  std::string_view name;
  std::array<std::string_view, 2> folders;
  std::array<std::uint32_t, 2> pixel_crc;  // training, test
  std::string_view how_to_get;
  PictureShape shape{28, 28, 1};
};

constexpr std::array kKnownSets{
    KnownSet{"mnist",
             {"mnist", "MNIST"},
             {0xf3639b56u, 0xe4ca5f57u},
             "put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, "
             "t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz of the MNIST database "
             "(sources and checksums: docs/data.md) into ~/.local/share/phaseloom/mnist, or give "
             "their folder with --data DIR"},
    KnownSet{"fashion",
             {"fashion", "fashion-mnist"},
             {0xae65dccdu, 0x12728439u},
             "install it with `apt install dataset-fashion-mnist`, or put its four IDX files into "
             "~/.local/share/phaseloom/fashion, or give their folder with --data DIR"}};

Split other(Split split) { return split == Split::train ? Split::test : Split::train; }

const ImageSetFiles::Half& half_of(const ImageSetFiles& files, Split split) {
  return files.halves[split == Split::train ? 0 : 1];
}

std::string_view split_name(Split split) {
  return split == Split::train ? "training images" : "test images";
}

/// The checkout that contains `start`, or nothing.
std::optional<fs::path> project_root(fs::path start) {
  std::error_code ignored;
  for (; !start.empty(); start = start.parent_path()) {
    if (fs::exists(start / "CMakePresets.json", ignored) && fs::exists(start / "engine", ignored))
      return start;
    if (start == start.root_path()) break;
  }
  return std::nullopt;
}

/// The sets in these places, whole ones first. A half is of use only where there is no whole, and
/// never together with another half from elsewhere.
std::vector<ImageSetFiles> find_sets(const ImageSetPlaces& places, const KnownSet& wanted) {
  std::vector<ImageSetFiles> sets;
  std::optional<ImageSetFiles> half;
  for (const fs::path& root : places.roots)
    for (const fs::path& folder : image_set_folders(root, wanted.folders)) {
      ImageSetFiles files = find_image_set(folder, wanted.folders);
      if (files.complete())
        sets.push_back(std::move(files));
      else if (!files.empty() && !half)
        half = std::move(files);
    }
  if (half) sets.push_back(*std::move(half));
  return sets;
}

ImageSet load_half(const ImageSetFiles::Half& half) {
  if (half.labels.empty()) {
    std::string missing = half.images.filename().string();
    for (const auto& [part, other] : {std::pair{"images", "labels"}, std::pair{"idx3", "idx1"}})
      if (const auto at = missing.rfind(part); at != missing.npos)
        missing.replace(at, std::strlen(part), other);
    fail("{}: has {} but no {}", half.images.parent_path().string(),
         half.images.filename().string(), missing);
  }
  return combine_idx(read_idx(half.images), read_idx(half.labels), half.images.string(),
                     half.labels.string());
}

const KnownSet& known_set(std::string_view name) {
  const auto known = std::ranges::find(kKnownSets, name, &KnownSet::name);
  if (known == kKnownSets.end()) fail("data set {}: unknown; choose mnist or fashion", name);
  return *known;
}

/// The name of the set that these pixels are known to be, or nothing.
std::string_view recognise(const ImageSet& set, Split split) {
  const auto crc = static_cast<std::uint32_t>(
      crc32_z(crc32_z(0, nullptr, 0), set.pixels.data(), set.pixels.size()));
  for (const KnownSet& known : kKnownSets)
    if (known.pixel_crc[split == Split::train ? 0 : 1] == crc) return known.name;
  return {};
}

}  // namespace

ImageSet combine_idx(IdxArray images, IdxArray labels, std::string_view images_name,
                     std::string_view labels_name) {
  const std::size_t rank = images.shape.size();
  if (rank != 3 && rank != 4)
    fail("{}: has {} dimensions; images have 3, in colour 4", images_name, rank);
  if (rank == 4 && images.shape[1] != 1 && images.shape[1] != 3)
    fail("{}: has {} channels; images have 1 (grey) or 3 (colour)", images_name, images.shape[1]);
  if (labels.shape.size() != 1)
    fail("{}: has {} dimensions; labels have 1", labels_name, labels.shape.size());
  if (images.values.empty()) fail("{}: holds no pixels", images_name);
  if (images.shape[0] != labels.shape[0])
    fail("{}: holds {} labels for the {} images of {}; the counts should be equal", labels_name,
         labels.shape[0], images.shape[0], images_name);
  const auto wrong = std::find_if(labels.values.begin(), labels.values.end(),
                                  [](std::uint8_t label) { return label > 9; });
  if (wrong != labels.values.end())
    fail("{}: label {} is {}; labels are 0 to 9", labels_name, wrong - labels.values.begin(),
         *wrong);
  ImageSet set;
  set.channels = rank == 4 ? images.shape[1] : 1;
  set.height = images.shape[rank - 2];
  set.width = images.shape[rank - 1];
  set.pixels = std::move(images.values);
  set.labels = std::move(labels.values);
  return set;
}

ImageSetPlaces image_set_places(const std::optional<fs::path>& data_dir) {
  const auto from_environment = [](const char* name) -> std::optional<fs::path> {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return fs::path(value);
  };
  // A folder that is named is meant: another copy in its place would go unnoticed.
  const auto alone = [](const fs::path& folder, const char* named_by) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored))
      fail("{}: is not a folder; {} takes the folder that holds the image sets", folder.string(),
           named_by);
    return ImageSetPlaces{{folder}, named_by};
  };
  if (data_dir) return alone(*data_dir, "--data");
  if (const auto dir = from_environment("PHASELOOM_DATA")) return alone(*dir, "PHASELOOM_DATA");

  std::vector<fs::path> roots;
  const auto add = [&](const fs::path& root) {
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
  };
  std::error_code ignored;
  if (const auto dir = from_environment("XDG_DATA_HOME"))
    add(*dir / "phaseloom");
  else if (const auto home = from_environment("HOME"))
    add(*home / ".local/share/phaseloom");
  add("/usr/share/datasets");
  const fs::path here = fs::current_path(ignored);
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  add((project_root(here).value_or(here) / "../shared/data").lexically_normal());
  if (const auto root = project_root(program)) add((*root / "../shared/data").lexically_normal());
  return {roots, ""};
}

PictureShape shape_of_image_set(std::string_view name) { return known_set(name).shape; }

ImageSet load_image_set_from(const ImageSetPlaces& places, std::string_view name, Split split) {
  const KnownSet& wanted = known_set(name);

  std::vector<std::string> instead;  // what was there
  for (const ImageSetFiles& files : find_sets(places, wanted)) {
    const ImageSetFiles::Half& half = half_of(files, split);
    if (half.images.empty()) {
      instead.push_back(fmt::format("{} (which holds only the {}: {})", files.folder.string(),
                                    split_name(other(split)),
                                    half_of(files, other(split)).images.filename().string()));
      continue;
    }
    ImageSet set;
    try {
      set = load_half(half);
    } catch (const Error& error) {
      fail("{}; {}", error.what(), wanted.how_to_get);
    }
    // Every set uses the same file names, so that a folder may well hold the other one.
    const std::string_view actual = recognise(set, split);
    if (actual.empty() || actual == name) {
      set.name = name;
      set.source = files.folder;
      return set;
    }
    instead.push_back(fmt::format("{} (which holds {})", files.folder.string(), actual));
  }
  if (places.named_by.empty()) {
    for (const fs::path& root : places.roots) instead.push_back(root.string());
    fail("{} ({}): not found in {}; {}", name, split_name(split), fmt::join(instead, ", "),
         wanted.how_to_get);
  }
  const std::string stem = split == Split::train ? "train" : "t10k";
  if (instead.empty())
    for (const fs::path& root : places.roots)
      instead.push_back(fmt::format("{} (which holds {})", root.string(), contents_of(root)));
  fail(
      "{} ({}): not in {}, the folder that {} names; looked for {}-images-idx3-ubyte and "
      "{}-labels-idx1-ubyte, with or without .gz, there and in {}/ and raw/ below",
      name, split_name(split), fmt::join(instead, ", "), places.named_by, stem, stem,
      fmt::join(wanted.folders, "/, "));
}

}  // namespace phaseloom
