// SPDX-License-Identifier: MIT
#pragma once
// Where a unit of the playground is seen, at scale 1.

#include "app/ui/learn/canvas.hpp"

namespace phaseloom {

inline Point unit_place(const Box& canvas, const PlaygroundNetwork& network, int unit) {
  const CanvasLayout layout = layout_canvas(1, canvas, network);
  return layout.at(network.units[static_cast<std::size_t>(unit)]);
}

}  // namespace phaseloom
