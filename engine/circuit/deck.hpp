// SPDX-License-Identifier: MIT
#pragma once
// A network as the text that ngspice reads: one capacitor and one current source for each unit.

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "engine/circuit/circuit.hpp"
#include "engine/circuit/recording.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

/// Where a warm circuit's noise comes from.
enum class CircuitNoise {
  recorded,  ///< the very increments of the engine's run, as a staircase: paths can be compared
  own,       ///< the simulator's (trnoise): distributions can
};

template <>
struct Names<CircuitNoise> {
  static constexpr std::string_view kind = "noise of a circuit";
  static constexpr std::array<std::string_view, 2> all{"recorded", "own"};
};

/// Tolerances that a circuit simulator can make something of.
inline constexpr double kLeastReltol = 1e-9, kMostReltol = 0.1;
inline bool is_reltol(double value) { return value >= kLeastReltol && value <= kMostReltol; }

struct DeckOptions {
  double reltol = 1e-4;  ///< relative tolerance of the simulator, kLeastReltol..kMostReltol
  CircuitNoise noise = CircuitNoise::recorded;
  std::string what = {};  ///< for the header: the model, the sample, the hardware
  std::string file = {};  ///< for the header: the deck's own name, without its extension
};

/// The deck of one chunk: it begins with these states of circuit.units and lasts until the chunk's
/// end. Units of the border go as recorded, label oscillators are constants. Node nI is unit I: 1 V
/// is 1 rad (or 1 of a voltage without a unit), 1 s is one time unit; with capacitors of 1 F the
/// current that flows into one is the rate of its unit.
std::string chunk_deck(const Circuit& circuit, int chunk, std::span<const double> initial,
                       const RecordedRun& recording, const DeckOptions& options);

/// "n12"
std::string node_name(int unit);

}  // namespace phaseloom
