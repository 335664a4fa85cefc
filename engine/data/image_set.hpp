// SPDX-License-Identifier: MIT
#pragma once
// Labelled image sets like the MNIST database, out of IDX files.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/idx.hpp"
#include "engine/support/picture_shape.hpp"

namespace phaseloom {

struct ImageSet {
  std::string name;
  int width = 0;
  int height = 0;
  int channels = 1;                  ///< 1 is grey, 3 are red, green and blue
  std::vector<std::uint8_t> pixels;  ///< [image][channel][y][x]; 0 is background
  std::vector<std::uint8_t> labels;  ///< 0..9
  std::filesystem::path source;      // the folder it came from

  int count() const { return static_cast<int>(labels.size()); }
  PictureShape shape() const { return {width, height, channels}; }
  std::span<const std::uint8_t> image(int i) const {
    const auto size = static_cast<std::size_t>(shape().size());
    return std::span(pixels).subspan(static_cast<std::size_t>(i) * size, size);
  }
};

enum class Split { train, test };

/// Puts images and labels together; fails when counts differ or a label is not 0..9. Images are
/// (n, y, x), or in colour (n, channel, y, x) with 3 channels.
ImageSet combine_idx(IdxArray images, IdxArray labels, std::string_view images_name,
                     std::string_view labels_name);

/// Folders that may hold data sets, first choice first.
struct ImageSetPlaces {
  std::vector<std::filesystem::path> roots;
  /// Who named the only one, e.g. "--data"; empty when these are the usual ones.
  std::string named_by;
};

/// The folder data_dir (--data) alone, if it is given; else that of $PHASELOOM_DATA alone, if it is
/// set; else the user's data folder, /usr/share/datasets, ../shared/data beside the project. Fails
/// when what is named is no folder.
ImageSetPlaces image_set_places(
    const std::optional<std::filesystem::path>& data_dir = std::nullopt);

/// Of the pictures of `mnist` or `fashion`. Throws Error for other names.
PictureShape shape_of_image_set(std::string_view name);

/// Loads `mnist` or `fashion` from the first place that has it (image_set_folder.hpp), both halves
/// from the same folder. A set that is missing or damaged fails with one line that says where it
/// was looked for and how to get it.
ImageSet load_image_set_from(const ImageSetPlaces& places, std::string_view name, Split split);
inline ImageSet load_image_set(
    std::string_view name, Split split,
    const std::optional<std::filesystem::path>& data_dir = std::nullopt) {
  return load_image_set_from(image_set_places(data_dir), name, split);
}

}  // namespace phaseloom
