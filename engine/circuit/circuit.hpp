// SPDX-License-Identifier: MIT
#pragma once
// What a circuit simulator is given of a network: its units, or those of a window of its grid.

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/dynamics/run_settings.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {

struct Circuit {
  Program program;          ///< as the hardware holds it in this sample, its weight errors included
  std::vector<int> units;   ///< that are simulated, ascending
  std::vector<int> border;  ///< others of the grid that these listen to, ascending
};

/// Of the ladder in docs/circuit.md: "A" where the equations are ideal, "B" where they hold curves
/// that were measured on transistors.
std::string_view rung_of(Substrate substrate);

/// All units of the grid.
/// @param settings seed and first_sample key the weight errors
Circuit whole_circuit(const Program& program, const Hardware& hardware,
                      const RunSettings& settings);
/// Those of the window of side x side places in the middle of the grid, in all layers.
/// @param side 1 to the shorter side of the grid; throws Error beyond that
Circuit tile_circuit(const Program& program, const Hardware& hardware, const RunSettings& settings,
                     int side);

}  // namespace phaseloom
