// SPDX-License-Identifier: MIT
#pragma once
// Programs on disk: one .safetensors file with all parameters, and a JSON entry "phaseloom" in its
// metadata (substrate, topology, chunks, read-out, training facts). Format version 1,
// or 2 with weights of few bits; docs/model_file.md.

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/network/program.hpp"
#include "engine/network/weight_levels.hpp"

namespace phaseloom {

struct Model {
  Program program;
  std::string name;  ///< file name without extension
  std::string
      training;  ///< JSON object: facts about the training (command, data, curve); may be "{}"
  /// What the file holds instead of float weights, if it does; the program's are these.
  std::optional<WeightLevels> held = std::nullopt;
};

/// Throws Error (file, what, what would be right) for anything that is not a whole, finite,
/// consistent model.
Model load_model(const std::filesystem::path& path);
Model parse_model(std::span<const std::byte> bytes, std::string_view source_name);
/// The bytes of a file; `target_name` names it in messages.
std::vector<std::byte> serialize_model(const Model& model, std::string_view target_name);
/// Whole or not at all.
void save_model(const std::filesystem::path& path, const Model& model);

}  // namespace phaseloom
