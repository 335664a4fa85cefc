#pragma once
// Labelled image sets in the IDX format of the MNIST database, gzipped or plain.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

struct ImageSet {
  std::string name;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  // image after image, row after row; 0 is background
  std::vector<std::uint8_t> labels;  // 0..9
  std::filesystem::path source;      // the folder it came from

  int count() const { return static_cast<int>(labels.size()); }
  std::span<const std::uint8_t> image(int i) const {
    const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    return std::span(pixels).subspan(static_cast<std::size_t>(i) * size, size);
  }
};

enum class Split { train, test };

/// An IDX array of bytes, of rank 1 to 3.
struct IdxArray {
  std::vector<int> shape;
  std::vector<std::uint8_t> values;
};

/// Reads an IDX file of unsigned bytes from memory, plain or gzipped.
IdxArray parse_idx(std::span<const std::byte> bytes, std::string_view source_name);

/// Puts images and labels together; fails when counts differ or a label is not 0..9.
ImageSet combine_idx(IdxArray images, IdxArray labels, std::string_view images_name,
                     std::string_view labels_name);

/// The folders that may hold data sets, first choice first: data_dir (--data), $PHASELOOM_DATA, the
/// user's data folder, /usr/share/datasets, ../shared/data beside the project.
std::vector<std::filesystem::path> image_set_roots(
    const std::optional<std::filesystem::path>& data_dir = std::nullopt);

/// Loads `mnist` or `fashion` from the first root that has it, in ROOT/<name> or ROOT itself. A set
/// that is missing or damaged fails with one line that says where it was looked for and how to get
/// it.
ImageSet load_image_set_from(const std::vector<std::filesystem::path>& roots, std::string_view name,
                             Split split);
inline ImageSet load_image_set(
    std::string_view name, Split split,
    const std::optional<std::filesystem::path>& data_dir = std::nullopt) {
  return load_image_set_from(image_set_roots(data_dir), name, split);
}

}  // namespace phaseloom
