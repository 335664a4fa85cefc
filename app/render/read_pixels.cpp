// SPDX-License-Identifier: MIT
#include "app/render/read_pixels.hpp"

#include <algorithm>
#include <span>

#include "app/render/gl.hpp"

namespace phaseloom {

Picture read_pixels(Extent extent) {
  Picture picture{extent.width, extent.height, 3, {}};
  picture.pixels.resize(picture.size());
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, extent.width, extent.height, GL_RGB, GL_UNSIGNED_BYTE, picture.pixels.data());
  const auto row = static_cast<std::size_t>(extent.width) * 3;
  const std::span<std::uint8_t> pixels = picture.pixels;
  for (std::size_t top = 0, bottom = static_cast<std::size_t>(extent.height) - 1; top < bottom;
       ++top, --bottom)
    std::ranges::swap_ranges(pixels.subspan(top * row, row), pixels.subspan(bottom * row, row));
  return picture;
}

}  // namespace phaseloom
