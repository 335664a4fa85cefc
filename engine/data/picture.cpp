// SPDX-License-Identifier: MIT
#include "engine/data/picture.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace phaseloom {
namespace {

std::uint8_t grey(float value) {
  if (!(value > 0)) return 0;  // NaN as well
  return static_cast<std::uint8_t>(std::lround(255 * std::min(value, 1.0f)));
}

/// The colour of a pixel, whose channels lie `plane` values apart.
Rgb colour_of(const float* value, PictureShape image, ColourMap map) {
  const int plane = image.plane();
  if (image.channels == 3 && map == ColourMap::grey)
    return {grey(value[0]), grey(value[plane]), grey(value[2 * plane])};
  float mean = 0;
  for (int c = 0; c < image.channels; ++c) mean += value[c * plane];
  mean /= static_cast<float>(image.channels);
  return std::isfinite(mean) ? colour_at(map, mean) : Rgb();
}

}  // namespace

Picture tile_grid(std::span<const float> images, PictureShape image, int columns,
                  const TileOptions& options) {
  const int width = image.width, height = image.height, scale = options.scale;
  assert(width > 0 && height > 0 && columns > 0 && scale > 0 && options.gutter >= 0);
  assert(image.channels == 1 || image.channels == 3);
  const auto size = static_cast<std::size_t>(image.size());
  assert(!images.empty() && images.size() % size == 0);
  const int count = static_cast<int>(images.size() / size);
  const int rows = (count + columns - 1) / columns;
  const int step_x = width * scale + options.gutter;
  const int step_y = height * scale + options.gutter;

  const bool coloured = options.map != ColourMap::grey || image.channels == 3;
  Picture picture{
      columns * step_x - options.gutter, rows * step_y - options.gutter, coloured ? 3 : 1, {}};
  picture.pixels.assign(picture.size(), options.background);
  for (int i = 0; i < count; ++i) {
    const float* const values = images.data() + static_cast<std::size_t>(i) * size;
    const int left = i % columns * step_x;
    const int top = i / columns * step_y;
    for (int y = 0; y < height * scale; ++y)
      for (int x = 0; x < width * scale; ++x) {
        const float* const from = values + y / scale * width + x / scale;
        const auto to =
            static_cast<std::size_t>(top + y) * static_cast<std::size_t>(picture.width) +
            static_cast<std::size_t>(left + x);
        if (coloured) {
          const Rgb c = colour_of(from, image, options.map);
          std::copy_n(&c.r, 3, picture.pixels.begin() + static_cast<std::ptrdiff_t>(3 * to));
        } else {
          picture.pixels[to] = grey(*from);
        }
      }
  }
  return picture;
}

}  // namespace phaseloom
