// SPDX-License-Identifier: MIT
#pragma once
// What an experiment of the Thermo workspace is to be: the values `thermo.*` of a scene.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/document/thermo_drawings.hpp"
#include "engine/thermo/thermo_training.hpp"

namespace phaseloom {

/// Samples that a wall of the thermodynamic computer may have in a row.
inline constexpr int kMaxThermoWall = 8;
/// Samples whose heat is counted.
inline constexpr int kMaxThermoSamples = 5000;

struct ThermoExperiment {
  // The run.
  std::string model = "thermo-digits";  ///< a shipped name, or the path of a .safetensors file
  double temperature = 0.1;             ///< kT that it runs at, in E0
  int bits = 0;                         ///< of the couplings while it runs; 0: float
  int wall = 4;                         ///< wall x wall samples form together
  int samples = 200;                    ///< whose heat and reading are counted
  std::uint64_t run_seed = 90101;
  // The training.
  std::string digits = "0 1 2";  ///< prototypes: the first training picture of each; or "none"
  std::string drawings{kNoPrototypes};  ///< likewise, see parse_thermo_drawings()
  int hidden = 512;
  ThermoRule rule = ThermoRule::batch;
  bool compare = false;  ///< the other rule learns beside, on the same noise
  int cycles = 300;
  bool visible_biases = false;
  bool labels = false;  ///< a held unit for each prototype
  int update_bits = 0;  ///< of the couplings between two updates; 0: float
  bool stochastic_rounding = false;
  double update_noise = 0;
  std::uint64_t seed = 101;
  std::uint64_t projection_seed = 42;
  int threads = 0;  ///< that train and run; 0: one per core

  /// Of the training, on so many prototypes of that shape.
  ThermoPlan plan(PictureShape picture, int prototypes) const;
  /// The same with the other rule, on the same noise. Flaws and labels are the batch rule's alone.
  ThermoExperiment other() const;
  bool operator==(const ThermoExperiment&) const = default;
};

/// "0 1 2" or "0,1,2" as classes. Throws Error led by `name`: what is no digit from 0 to 9, or is
/// named twice, or that there is none.
std::vector<int> parse_digits(std::string_view text, std::string_view name);

/// What is learnt: digits first, then drawings.
struct ChosenPrototypes {
  std::vector<int> digits;
  std::vector<ThermoDrawing> drawings;

  int count() const { return static_cast<int>(digits.size() + drawings.size()); }
};
/// Of the two texts, where an empty one is none. Throws Error led by the name of the value: what
/// either cannot be, or that there is neither.
ChosenPrototypes chosen_prototypes(std::string_view digits, std::string_view drawings);

/// Before anything is read. Throws Error saying which values of a training are out of range, or do
/// not go together.
void check_training(const ThermoExperiment& experiment);

/// Whether the two train the same network, whatever they do with it.
bool same_training(const ThermoExperiment& a, const ThermoExperiment& b);

}  // namespace phaseloom
