// SPDX-License-Identifier: MIT
#pragma once
// What the file of a thermodynamic computer remembers of its training (docs/model_file.md).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/network/model_file.hpp"
#include "engine/thermo/thermo_training.hpp"

namespace phaseloom {

/// The data set that prototypes are taken from unless another is named, and the one that the window
/// can show again.
inline constexpr const char* kThermoDataset = "mnist";

/// Where a computer was trained that no command line trained.
inline constexpr const char* kMadeInThermo = "the Thermo workspace";

/// Who trained it on what.
struct ThermoOrigin {
  std::string made_in;                  ///< kMadeInThermo; empty: a command line
  std::string command;                  ///< one line; empty: the window
  std::string dataset;                  ///< of the prototypes; empty: somebody's own pictures
  std::vector<std::string> prototypes;  ///< their names
  std::string drawings{};               ///< those that were drawn, see parse_thermo_drawings()
};

/// For the model file, a JSON object: the origin, what is empty of it left out; "cycles" and "loss"
/// of the network that is kept; "instruction_set"; "thermo", the plan; "curve", the cycles that are
/// worth_a_line().
/// @param curve of every cycle so far
std::string thermo_facts(const ThermoPlan& plan, const ThermoOrigin& origin,
                         std::span<const ThermoReport> curve);

/// Cycles that are told one by one: 1, 2, 5, 10, 20, 50, ..., and the last.
bool worth_a_line(int cycle, int last);

/// What the window needs to dissolve the prototypes of a computer as its training did.
struct ThermoFacts {
  /// Its prototypes, as the values of a scene; both are empty if these are other pictures.
  std::string digits, drawings;
  std::uint64_t projection_seed = ThermoPlan().projection_seed;
};

/// As far as the model tells; of others' files, which may say anything, what there is to be known.
ThermoFacts thermo_facts_of(const Model& model);

}  // namespace phaseloom
