// SPDX-License-Identifier: MIT
#pragma once
// One moment of a training of the thermodynamic computer, immutable: what the job publishes and the
// window draws.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/document/thermo_experiment.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// How a training went.
struct ThermoCurve {
  ThermoRule rule{};
  std::vector<ThermoReport> reports;  ///< of every cycle
};

struct ThermoTrainingSnapshot {
  enum class State {
    idle,      ///< nothing was started yet
    loading,   ///< prototypes are read
    running,   ///< it trains
    paused,    ///< and goes on when told to
    finished,  ///< at its end, or stopped
    failed,    ///< `reason` says why
  };

  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  State state = State::idle;
  bool active() const {
    return state == State::loading || state == State::running || state == State::paused;
  }
  bool stopped = false;         ///< finished before its end, because it was asked to
  std::string reason;           ///< of a failure, one line
  ThermoExperiment experiment;  ///< what was started

  int cycle = 0;
  // Not measured in synchronous sessions: 0.
  double cycles_per_second = 0;
  double seconds_left = 0;

  ThermoCurve curve;
  std::shared_ptr<const ThermoCurve> before;  ///< of the training before, to compare with
  /// What it has learnt so far; null until it has. A new one comes every few seconds, and when it
  /// rests.
  std::shared_ptr<const Model> network;
  int network_cycle = 0;
  std::string kept;  ///< file that it was written to last
};

}  // namespace phaseloom
