// SPDX-License-Identifier: MIT
#pragma once
// One moment of the playground, immutable: what its job publishes and the window draws.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "engine/playground/meter.hpp"

namespace phaseloom {

struct PlaygroundSnapshot {
  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  PlaygroundSetup setup;     ///< that runs
  std::shared_ptr<const PlaygroundNetwork> network;  ///< null: nothing runs yet
  std::vector<SharedMoment> moments;                 ///< the last ones, the present one last
  bool is_phase = true;
  int inner = 0;  ///< units that run by themselves; those behind them are led along
  bool playing = false;
  MeterReading reading;

  bool there() const { return network != nullptr && !moments.empty(); }
  const PlaygroundMoment& now() const { return *moments.back(); }
};

/// Writes its moments as a table (.csv: time, order, energy, the state of each unit). Throws Error
/// if there are none, or the file cannot be written.
void export_moments(const PlaygroundSnapshot& snapshot, const std::filesystem::path& file);

}  // namespace phaseloom
