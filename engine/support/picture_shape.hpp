// SPDX-License-Identifier: MIT
#pragma once
// The size of a picture: of a data set's, of what a network shows, of what a critic looks at.

#include <string>

namespace phaseloom {

/// Values lie channel by channel, [channel][y][x]. All three are at least 1.
struct PictureShape {
  int width = 1;
  int height = 1;
  int channels = 1;  ///< 1 is grey, 3 are red, green and blue

  int plane() const { return width * height; }
  int size() const { return plane() * channels; }
  bool operator==(const PictureShape&) const = default;
};

/// "28 x 28", "32 x 32 in colour"
std::string words(PictureShape picture);

}  // namespace phaseloom
