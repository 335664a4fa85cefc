// SPDX-License-Identifier: MIT
#pragma once
// The experiments that everybody should have seen once: a list of values.

#include <memory>
#include <span>
#include <string_view>

#include "engine/playground/meter.hpp"
#include "engine/playground/setup.hpp"

namespace phaseloom {

struct PresetInfo {
  Preset preset;
  std::string_view title;     ///< "Two clocks"
  std::string_view sentence;  ///< what there is to see and to try
  std::unique_ptr<Meter> (*meter)();

  PlaygroundSetup setup() const { return preset_setup(preset); }
};

/// In the order of the enumerators.
std::span<const PresetInfo> presets();
const PresetInfo& preset_info(Preset preset);

}  // namespace phaseloom
