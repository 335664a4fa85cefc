// SPDX-License-Identifier: MIT
#pragma once
// Trainings of the thermodynamic computer on disk, to go on with after a kill.

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/thermo/thermo_training.hpp"

namespace phaseloom {

/// A training with all that it needs to go on: the prototypes are in it.
struct ThermoCheckpoint {
  ThermoPlan plan;
  std::vector<Prototype> prototypes;
  ThermoProgress progress;
  std::string notes;  ///< of whoever trains, one text
};

/// The plan by the names of its fields, for checkpoints and for the facts in models.
nlohmann::ordered_json to_json(const ThermoPlan& plan);
/// Throws Error naming `source` and what is missing or is no number.
ThermoPlan thermo_plan_from_json(const nlohmann::ordered_json& json, std::string_view source);

/// Throws Error naming the file and what is wrong with it.
ThermoCheckpoint load_thermo_checkpoint(const std::filesystem::path& path);
ThermoCheckpoint parse_thermo_checkpoint(std::span<const std::byte> bytes, std::string_view source);
/// Whole or not at all.
void save_thermo_checkpoint(const std::filesystem::path& path, const ThermoCheckpoint& checkpoint);

}  // namespace phaseloom
