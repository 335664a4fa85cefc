// SPDX-License-Identifier: MIT
#include "engine/support/picture_shape.hpp"

#include <fmt/format.h>

namespace phaseloom {

std::string words(PictureShape picture) {
  return fmt::format("{} x {}{}", picture.width, picture.height,
                     picture.channels == 3 ? " in colour" : "");
}

}  // namespace phaseloom
