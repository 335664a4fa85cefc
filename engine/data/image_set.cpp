#include "engine/data/image_set.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "engine/data/gzip.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

// MNIST unpacks to 47 MB; anything far beyond is no image set but a decompression bomb.
constexpr std::size_t kMaxIdxBytes = std::size_t{256} << 20;

struct KnownSet {
  std::string_view name;
  std::array<std::string_view, 2> folders;
  std::array<std::uint32_t, 2> pixel_crc;  // training, test
  std::string_view how_to_get;
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

std::string_view split_name(Split split) {
  return split == Split::train ? "training images" : "test images";
}

std::uint32_t big_endian(std::span<const std::byte, 4> b) {
  return std::to_integer<std::uint32_t>(b[0]) << 24 | std::to_integer<std::uint32_t>(b[1]) << 16 |
         std::to_integer<std::uint32_t>(b[2]) << 8 | std::to_integer<std::uint32_t>(b[3]);
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

/// The file under any of the names in use (gzipped or not, dash or dot), or nothing.
std::optional<fs::path> find_idx(const fs::path& folder, std::string_view stem, int rank) {
  for (const std::string_view separator : {"-", "."})
    for (const std::string_view ending : {".gz", ""}) {
      fs::path file = folder / fmt::format("{}{}idx{}-ubyte{}", stem, separator, rank, ending);
      std::error_code ignored;
      if (fs::exists(file, ignored)) return file;
    }
  return std::nullopt;
}

std::optional<ImageSet> load_from(const fs::path& folder, Split split) {
  const std::string stem = split == Split::train ? "train" : "t10k";
  const auto images = find_idx(folder, stem + "-images", 3);
  if (!images) return std::nullopt;
  const auto labels = find_idx(folder, stem + "-labels", 1);
  if (!labels)
    fail("{}: has {} but no {}-labels-idx1-ubyte.gz", folder.string(), images->filename().string(),
         stem);
  const auto read = [](const fs::path& file) {
    return parse_idx(read_file(file, kMaxIdxBytes), file.string());
  };
  ImageSet set = combine_idx(read(*images), read(*labels), images->string(), labels->string());
  set.source = folder;
  return set;
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

IdxArray parse_idx(std::span<const std::byte> bytes, std::string_view source_name) {
  std::vector<std::byte> unpacked;
  if (is_gzip(bytes)) {
    unpacked = gunzip(bytes, kMaxIdxBytes, source_name);
    bytes = unpacked;
  }
  if (bytes.size() < 4 || big_endian(bytes.first<4>()) >> 8 != 0x000008)
    fail("{}: is not an IDX file of bytes; it should begin with 00 00 08", source_name);
  const auto rank = std::to_integer<std::size_t>(bytes[3]);
  if (rank < 1 || rank > 3)
    fail("{}: has {} dimensions; labels have 1 and images 3", source_name, rank);
  if (bytes.size() < 4 + 4 * rank)
    fail("{}: ends within its header; is the download complete?", source_name);
  IdxArray array;
  std::uint64_t expected = 1;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::uint32_t extent = big_endian(bytes.subspan(4 + 4 * i).first<4>());
    // Both factors are within bounds, so that the product cannot overflow.
    if (extent > kMaxIdxBytes || expected * extent > kMaxIdxBytes)
      fail("{}: claims over {} bytes of data; the header is damaged", source_name, kMaxIdxBytes);
    expected *= extent;
    array.shape.push_back(static_cast<int>(extent));
  }
  const auto values = bytes.subspan(4 + 4 * rank);
  if (values.size() != expected)
    fail("{}: holds {} bytes of data where its header says {}; is the download complete?",
         source_name, values.size(), expected);
  const auto* first = reinterpret_cast<const std::uint8_t*>(values.data());
  array.values.assign(first, first + values.size());
  return array;
}

ImageSet combine_idx(IdxArray images, IdxArray labels, std::string_view images_name,
                     std::string_view labels_name) {
  if (images.shape.size() != 3)
    fail("{}: has {} dimensions; images have 3", images_name, images.shape.size());
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
  set.height = images.shape[1];
  set.width = images.shape[2];
  set.pixels = std::move(images.values);
  set.labels = std::move(labels.values);
  return set;
}

std::vector<fs::path> image_set_roots(const std::optional<fs::path>& data_dir) {
  std::vector<fs::path> roots;
  const auto add = [&](const fs::path& root) {
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
  };
  const auto from_environment = [](const char* name) -> std::optional<fs::path> {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return fs::path(value);
  };
  std::error_code ignored;
  if (data_dir) {
    // A mistyped --data must not silently fall through to another copy.
    if (!fs::is_directory(*data_dir, ignored))
      fail("{}: is not a folder; --data takes the folder that holds the image sets",
           data_dir->string());
    add(*data_dir);
  }
  if (const auto dir = from_environment("PHASELOOM_DATA")) add(*dir);
  if (const auto dir = from_environment("XDG_DATA_HOME"))
    add(*dir / "phaseloom");
  else if (const auto home = from_environment("HOME"))
    add(*home / ".local/share/phaseloom");
  add("/usr/share/datasets");
  const fs::path here = fs::current_path(ignored);
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  add((project_root(here).value_or(here) / "../shared/data").lexically_normal());
  if (const auto root = project_root(program)) add((*root / "../shared/data").lexically_normal());
  return roots;
}

ImageSet load_image_set_from(const std::vector<fs::path>& roots, std::string_view name,
                             Split split) {
  const auto wanted = std::find_if(kKnownSets.begin(), kKnownSets.end(),
                                   [&](const KnownSet& set) { return set.name == name; });
  if (wanted == kKnownSets.end()) fail("data set {}: unknown; choose mnist or fashion", name);

  std::string looked;
  for (const fs::path& root : roots) {
    for (const fs::path& folder : {root / wanted->folders[0], root / wanted->folders[1], root}) {
      std::optional<ImageSet> set;
      try {
        set = load_from(folder, split);
      } catch (const Error& error) {
        fail("{}; {}", error.what(), wanted->how_to_get);
      }
      if (!set) continue;
      // Every set uses the same file names, so that a folder may well hold the other one.
      const std::string_view actual = recognise(*set, split);
      if (actual.empty() || actual == name) {
        set->name = name;
        return std::move(*set);
      }
      looked +=
          fmt::format("{}{} (which holds {})", looked.empty() ? "" : ", ", folder.string(), actual);
    }
    looked += fmt::format("{}{}", looked.empty() ? "" : ", ", root.string());
  }
  fail("{} ({}): not found in {}; {}", name, split_name(split), looked, wanted->how_to_get);
}

}  // namespace phaseloom
