// SPDX-License-Identifier: MIT
#pragma once
// What an experiment *is*: everything that is saved, undone and reproduced. How it is looked at is
// UiState's business (ui_state.hpp).

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/document/field_experiment.hpp"
#include "app/document/hardware_experiment.hpp"
#include "app/document/scene_field.hpp"
#include "app/document/thermo_experiment.hpp"
#include "app/document/training_setup.hpp"
#include "app/document/transport_experiment.hpp"
#include "engine/hardware/cost.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/integrator.hpp"
#include "engine/playground/setup.hpp"

namespace phaseloom {

inline constexpr double kOwnTemperature = -1;

struct Scene {
  std::string model = "mnist-shil";  ///< a shipped name, or the path of a .safetensors file
  std::uint64_t seed = 1;            ///< of the initial noise and of all noise after it
  /// Which noise of that seed is on the wall: lane l is sample round * wall * wall + l. "New noise"
  /// goes to the next round, so that the seed stays what the user has typed.
  std::int64_t round = 0;
  /// The class asked for, of models that know classes; none: all in turn. Other models ignore it.
  std::optional<int> label;
  double noise_width = 1;                ///< multiplies the model's own initial noise
  std::optional<Integrator> integrator;  ///< none: the model's own
  int steps_per_chunk = 0;               ///< 0: the model's own
  double temperature = kOwnTemperature;  ///< kT of the bath; below 0: the model's own
  Hardware hardware;
  CostChoice cost;    ///< what kind of analog core it is priced as; changes no image
  double limit = 0;   ///< largest relative distance that the trail is asked for; 0: none
  int wall = 8;       ///< wall x wall samples at once
  double speed = 0;   ///< integrator steps per second while playing; 0: a run lasts kRunSeconds
  double hold = 1.5;  ///< seconds that finished images stay while playing
  bool new_noise_after_hold = true;  ///< else playing ends there
  bool playing = true;
  TrainingSetup train;            ///< what the next training is to make
  TransportExperiment transport;  ///< of the Transport workspace
  ThermoExperiment thermo;        ///< of the Thermo workspace
  PlaygroundSetup playground = preset_setup(Preset::fireflies);  ///< of the Learn workspace
  FieldExperiment field;  ///< likewise, of its preset `field`
  SweepSetup sweep;       ///< of the Hardware workspace: many designs
  ChipsSetup chips;       ///< and many devices of the one on the wall
  CircuitSetup circuit;   ///< and that one as a circuit

  int lanes() const { return wall * wall; }
  bool operator==(const Scene&) const = default;
};

/// Classes that a scene can ask for: 0 .. kSceneLabels - 1.
inline constexpr int kSceneLabels = 10;
/// How long a run lasts at speed 0.
inline constexpr double kRunSeconds = 4;
/// Round after the last one is 0 again (all sample numbers stay below 2^32).
inline constexpr std::int64_t kMaxRound = 1'000'000;

/// All values: the model first, the round after the seed, as a recording sets them.
std::span<const SceneField> scene_fields();
/// Throws Error listing the names.
const SceneField& scene_field(std::string_view name);
void set_field(Scene& scene, std::string_view name, std::string_view text);
std::string print_field(const Scene& scene, std::string_view name);

/// JSON, version 1. Missing values are the defaults; unknown or ill-typed ones are Errors that name
/// `source` and the value.
std::string print_scene(const Scene& scene);
Scene parse_scene(std::string_view json, std::string_view source);
/// A relative model path in the file is relative to the file's folder; a shipped name stays a name.
Scene load_scene(const std::filesystem::path& path);
/// Its relative paths made absolute: the same scene, wherever the program is started.
Scene located(Scene scene);
/// Whole or not at all.
void save_scene(const std::filesystem::path& path, const Scene& scene);

}  // namespace phaseloom
