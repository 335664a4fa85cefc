// SPDX-License-Identifier: MIT
#pragma once
// One moment of a training of the thermodynamic computer, immutable: what the job publishes and the
// window draws.

#include <cstdint>
#include <memory>
#include <optional>
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

/// What one rule has made.
struct ThermoLearner {
  ThermoCurve curve;
  /// What it has learnt so far; null until it has. A new one comes every few seconds, and when the
  /// training rests.
  std::shared_ptr<const Model> network;
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

  ThermoLearner learner;
  /// The other rule's, in step with it on the same noise, if both were asked for.
  std::optional<ThermoLearner> other;
  std::shared_ptr<const ThermoCurve> before;  ///< of the training before, to compare with
  int network_cycle = 0;                      ///< after which the networks are
  std::string kept;                           ///< file that it was written to last
};

}  // namespace phaseloom
