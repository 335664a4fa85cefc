// SPDX-License-Identifier: MIT
#pragma once
// The JSON header of a .safetensors file, read event by event: no tree is built, so that neither
// nesting nor repeated keys of a hostile file get anywhere.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

struct TensorEntry {
  std::string name;
  std::string dtype;
  std::vector<std::uint64_t> shape;
  std::vector<std::uint64_t> offsets;  ///< always two
};

struct SafetensorsHeader {
  std::vector<TensorEntry> tensors;
  std::map<std::string, std::string> metadata;
};

/// Checks the form only: offsets, shapes and types may still contradict each other or the file.
SafetensorsHeader read_safetensors_header(std::string_view json, std::string_view source_name);

}  // namespace phaseloom
