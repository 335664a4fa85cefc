// SPDX-License-Identifier: MIT
#pragma once
// A window cut out of a trained network, small enough for the playground: the units around a pixel
// run by themselves, and those that they listen to beyond the window are led along the run of the
// whole network.

#include <memory>
#include <vector>

#include "engine/dynamics/run_settings.hpp"
#include "engine/network/program.hpp"
#include "engine/playground/network.hpp"

namespace phaseloom {

struct Excerpt {
  std::shared_ptr<const Program> whole;  ///< as the hardware holds it
  RunSettings settings;  ///< of its run; first_sample is the sample that is led along
  /// Of the whole network: first the `inner` ones, which run, then the border, which is led.
  std::vector<int> units;
  int inner = 0;
  Program program;  ///< of these; border units listen to nobody
  PlaygroundNetwork
      network;  ///< as it is drawn: a coupling is the mean of both ways and of all chunks
};

/// Around a unit of the grid, all layers within `reach` columns and rows, or fewer if these and
/// their border are more than the playground takes. Throws Error: there is no such unit, or even
/// the unit alone listens to too many.
Excerpt cut_excerpt(std::shared_ptr<const Program> whole, const RunSettings& settings, int unit,
                    int reach);

}  // namespace phaseloom
