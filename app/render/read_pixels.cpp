#include "app/render/read_pixels.hpp"

#include <algorithm>
#include <span>

#include "app/render/gl.hpp"

namespace phaseloom {

Screenshot read_pixels(Extent extent) {
  const auto row = static_cast<std::size_t>(extent.width) * 3;
  Screenshot shot{extent, std::vector<std::uint8_t>(row * static_cast<std::size_t>(extent.height))};
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, extent.width, extent.height, GL_RGB, GL_UNSIGNED_BYTE, shot.rgb.data());
  for (std::size_t top = 0, bottom = static_cast<std::size_t>(extent.height) - 1; top < bottom;
       ++top, --bottom) {
    const std::span<std::uint8_t> rgb = shot.rgb;
    std::ranges::swap_ranges(rgb.subspan(top * row, row), rgb.subspan(bottom * row, row));
  }
  return shot;
}

}  // namespace phaseloom
