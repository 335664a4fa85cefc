// SPDX-License-Identifier: MIT
#pragma once
// Which files of a folder are an image set, under the names in use.

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

/// Files of one set in one folder, as far as they are there: train-images-idx3-ubyte and its three
/// companions, in capitals or not, gzipped or not, with a dot for the dash before idx, and maybe
/// with a common beginning ("emnist-digits-").
struct ImageSetFiles {
  struct Half {
    std::filesystem::path images, labels;  ///< empty: not there
  };
  std::filesystem::path folder;
  std::string beginning;
  std::array<Half, 2> halves;  ///< training, test

  bool empty() const { return halves[0].images.empty() && halves[1].images.empty(); }
  bool complete() const { return !halves[0].images.empty() && !halves[1].images.empty(); }
};

/// The set in this folder; one without files when there is none. Of several, the one without a
/// beginning, or whose beginning is one of `names`; fails when that leaves a choice.
ImageSetFiles find_image_set(const std::filesystem::path& folder,
                             std::span<const std::string_view> names);

/// The folders within `root` where a set of that name may lie: those called like it, be it in
/// capitals or with a dash or underscore, then `root` itself; each followed by its folder raw/.
std::vector<std::filesystem::path> image_set_folders(const std::filesystem::path& root,
                                                     std::span<const std::string_view> names);

/// "a.png, b/, c.txt and 5 more", or "nothing": for messages.
std::string contents_of(const std::filesystem::path& folder);

}  // namespace phaseloom
