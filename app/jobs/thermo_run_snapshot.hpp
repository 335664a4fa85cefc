// SPDX-License-Identifier: MIT
#pragma once
// A run of the thermodynamic computer as it is shown, immutable: moment by moment, and what many
// more samples of the same setting came to.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/jobs/thermo_judgement.hpp"
#include "app/jobs/thermo_prototypes.hpp"
#include "engine/network/model_file.hpp"
#include "engine/thermo/heat.hpp"
#include "engine/thermo/overlap.hpp"

namespace phaseloom {

/// What is run.
struct ThermoRunRequest {
  std::string name;  ///< of the model, shipped or a file
  /// Instead of that, a network that is being trained.
  std::shared_ptr<const Model> network;
  /// Of two that are: the one of the other rule, which runs on the same noise; and the rules.
  std::shared_ptr<const Model> other;
  ThermoRule rule{};
  double temperature = 0;  ///< kT, E0
  int bits = 0;
  int lanes = 16;     ///< samples that are shown
  int samples = 200;  ///< that are counted
  std::uint64_t seed = 1;
  int threads = 0;
  bool operator==(const ThermoRunRequest&) const = default;
};

struct ThermoFrame {
  using Values = std::shared_ptr<const std::vector<float>>;
  double time = 0;
  Values state, force;       ///< [unit][lane]
  std::vector<double> heat;  ///< of each lane by then, in the run's unit
};

/// What many samples came to.
struct ThermoCounts {
  std::vector<double> heat;  ///< of each sample that is counted, in the run's unit
  Summary summary;           ///< of these; zero while there are none
  ThermoJudgement judgement;
  int judged = 0;          ///< samples that were read
  OverlapCounts overlaps;  ///< of no pictures where the prototypes are not known
};

struct ThermoRunSnapshot {
  /// Of the moments that are shown.
  static constexpr int kFrames = 101;

  enum class State {
    idle,       ///< nothing was asked for yet
    loading,    ///< the model is read
    recording,  ///< the run that is shown comes about
    counting,   ///< more samples are run
    ready,
    failed,  ///< `reason` says why
  };
  std::uint64_t serial = 0;
  State state = State::idle;
  std::string reason;
  /// Of all heat: the run's kT or, at no temperature, E0.
  const char* unit() const { return request.temperature > 0 ? "kT" : "E₀"; }
  /// The name of a table's column of it.
  std::string heat_column() const { return request.temperature > 0 ? "heat_kT" : "heat_E0"; }
  bool pending = false;  ///< another run was asked for, of which there is nothing to show yet
  ThermoRunRequest request;
  std::shared_ptr<const Model> model;  ///< that runs; null until it is read
  std::shared_ptr<const ThermoPrototypes> prototypes;
  std::string no_prototypes;  ///< why there are none
  std::uint64_t run = 0;  ///< counts the requests: frames of another run are nothing to fade from

  double duration = 1;  ///< of the run that is shown, in the equations' time unit
  std::vector<std::shared_ptr<const ThermoFrame>> frames;  ///< as far as it has come
  /// The noising of each prototype, at the same times: [prototype][frame], states of all units.
  std::vector<std::vector<ThermoFrame::Values>> noising;

  ThermoCounts counts;
  std::string unreadable;  ///< why none are read
  // Of the other rule's network, if there is one.
  ThermoCounts other;
  std::vector<double> other_mean;  ///< its mean heat on the wall at each of the frames
};

}  // namespace phaseloom
