// SPDX-License-Identifier: MIT
#pragma once
// The work of `phaseloom circuit` and of the window's circuit: what is run, and how it is told.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/circuit/circuit_check.hpp"
#include "engine/dynamics/run_settings.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {

/// Steps of a chunk in the run that circuits are compared with, by RK4: its own error is then a
/// hundredth of theirs (*).
inline constexpr int kReferenceSteps = 64;
/// What the picture of differences makes of them, so that a thousandth can be seen (*).
inline constexpr int kMagnified = 20;

/// For the header of a deck: "Phaseloom, mnist-shil, sample 3 of seed 1, 4 bits".
std::string described_circuit(std::string_view model, const RunSettings& settings,
                              const Hardware& hardware);

/// A window of side x side places, or the whole network if side is 0.
Circuit circuit_of(const Program& program, const Hardware& hardware, const RunSettings& settings,
                   int side);
/// Of what its visible units show.
PictureShape picture_of_circuit(const Program& program, int side);

/// Three pictures one after the other, in [0, 1]: the engine's, the circuit's, and kMagnified times
/// their difference.
std::vector<float> comparison_of(const CircuitCheck& check);
/// The same side by side as a file.
void write_comparison(const std::filesystem::path& file, const CircuitCheck& check,
                      PictureShape shape);

/// A line for each chunk: what the command prints, in full.
std::string circuit_csv(const CircuitCheck& check);

}  // namespace phaseloom
