// SPDX-License-Identifier: MIT
#pragma once

#include "app/render/surface.hpp"

namespace phaseloom {

/// Reads the framebuffer that is bound for reading, top row first, as RGB.
Picture read_pixels(Extent extent);

}  // namespace phaseloom
