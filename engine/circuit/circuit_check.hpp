// SPDX-License-Identifier: MIT
#pragma once
// A network beside its circuit: ngspice integrates chunk after chunk, each from where it left the
// one before, and is compared with the engine's own run.

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/circuit/circuit.hpp"
#include "engine/circuit/deck.hpp"
#include "engine/circuit/ngspice.hpp"
#include "engine/circuit/recording.hpp"

namespace phaseloom {

/// Distances between states: rad, the short way round the circle, or voltages.
struct StateError {
  double rms = 0, median = 0, p99 = 0;  ///< over units; p99: 99 of 100 are below
};

/// Of equally many states. Of none all are 0.
StateError state_error(std::span<const double> states, std::span<const double> reference,
                       bool is_phase);

struct ChunkCheck {
  StateError error;         ///< at the chunk's end, of ngspice at options.reltol
  double looser_rms = 0;    ///< the same where its tolerance is ten times as large
  double distribution = 0;  ///< kuiper_distance() of the states: what own noise leaves to compare
  double seconds = 0;       ///< that ngspice took for it
};

struct CircuitCheck {
  std::vector<ChunkCheck> chunks;
  /// Pixels of the simulated units that are visible, in [0, 1], of the circuit and of the engine,
  /// at the end of the last of them.
  std::vector<float> theirs, ours;
  double pixel_difference = 0;  ///< mean of |theirs - ours|
  double seconds = 0;
};

/// "chunk-1.cir" and so on, from 1.
std::filesystem::path deck_file(const std::filesystem::path& folder, int chunk);

/// Writes the decks of all chunks, each whole, which begin with the engine's states.
void write_decks(const Circuit& circuit, const RecordedRun& recording, const DeckOptions& options,
                 const std::filesystem::path& folder);

/// What a check tells while it is under way, on the thread that waits for it.
struct CircuitProgress {
  /// Now and then, with the share that is done, 0..1; false: Cancelled is thrown.
  std::function<bool(double)> share = {};
  /// After each chunk, with those that are done; the pictures are those at its end.
  std::function<void(const CircuitCheck&)> chunk = {};
};

/// Writes and runs them, beginning each chunk with the circuit's own states; these decks stay.
CircuitCheck check_circuit(const Circuit& circuit, const RecordedRun& recording,
                           const DeckOptions& options, const NgspiceOptions& ngspice,
                           const std::filesystem::path& folder,
                           const CircuitProgress& progress = {});

}  // namespace phaseloom
