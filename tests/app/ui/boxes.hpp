// SPDX-License-Identifier: MIT
#pragma once

#include "app/render/image_wall.hpp"

namespace phaseloom {

/// Whether two places of the window have a pixel in common.
inline bool meet(const Box& a, const Box& b) {
  return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

}  // namespace phaseloom
