// SPDX-License-Identifier: MIT
#pragma once
// Pictures of 8 bits per channel, and grids of samples as one picture.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/colour_map.hpp"
#include "engine/support/picture_shape.hpp"

namespace phaseloom {

struct Picture {
  int width = 0;
  int height = 0;
  int channels = 1;                  // grey, grey + alpha, RGB, RGBA
  std::vector<std::uint8_t> pixels;  ///< row after row, channel innermost

  std::size_t size() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
           static_cast<std::size_t>(channels);
  }
  bool operator==(const Picture&) const = default;
};

struct TileOptions {
  int gutter = 2;                   // pixels between images, 0 for none
  int scale = 1;                    // each image pixel becomes scale x scale
  std::uint8_t background = 64;     // grey of the gutters and of unused places
  ColourMap map = ColourMap::grey;  ///< any other makes an RGB picture
};

/// Lays out n images of values in [0, 1], row after row of `columns`, as one picture. Values
/// outside are clamped, or wrapped by the cyclic map; NaN, the trace of a diverged sample, is
/// black. Images in colour have their own colours with the grey map, and by any other that of their
/// mean.
Picture tile_grid(std::span<const float> images, PictureShape image, int columns,
                  const TileOptions& options = {});

}  // namespace phaseloom
