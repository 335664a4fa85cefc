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

}  // namespace

Picture tile_grid(std::span<const float> images, int width, int height, int columns,
                  const TileOptions& options) {
  assert(width > 0 && height > 0 && columns > 0 && options.scale > 0 && options.gutter >= 0);
  const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  assert(!images.empty() && images.size() % size == 0);
  const int count = static_cast<int>(images.size() / size);
  const int rows = (count + columns - 1) / columns;
  const int step_x = width * options.scale + options.gutter;
  const int step_y = height * options.scale + options.gutter;

  const bool coloured = options.map != ColourMap::grey;
  Picture picture{
      columns * step_x - options.gutter, rows * step_y - options.gutter, coloured ? 3 : 1, {}};
  picture.pixels.assign(picture.size(), options.background);
  for (int i = 0; i < count; ++i) {
    const auto image = images.subspan(static_cast<std::size_t>(i) * size, size);
    const int left = i % columns * step_x;
    const int top = i / columns * step_y;
    for (int y = 0; y < height * options.scale; ++y)
      for (int x = 0; x < width * options.scale; ++x) {
        const auto from = static_cast<std::size_t>(y / options.scale * width + x / options.scale);
        const auto to =
            static_cast<std::size_t>(top + y) * static_cast<std::size_t>(picture.width) +
            static_cast<std::size_t>(left + x);
        if (coloured) {
          const float v = image[from];
          const Rgb c = std::isfinite(v) ? colour_at(options.map, v) : Rgb();
          std::copy_n(&c.r, 3, picture.pixels.begin() + static_cast<std::ptrdiff_t>(3 * to));
        } else {
          picture.pixels[to] = grey(image[from]);
        }
      }
  }
  return picture;
}

}  // namespace phaseloom
