#pragma once

#include "app/render/surface.hpp"

namespace phaseloom {

/// Reads the framebuffer that is bound for reading, top row first.
Screenshot read_pixels(Extent extent);

}  // namespace phaseloom
