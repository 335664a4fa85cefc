// SPDX-License-Identifier: MIT
#include "engine/playground/presets.hpp"

namespace phaseloom {

std::span<const PresetInfo> presets() {
  static constexpr PresetInfo kPresets[] = {
      {Preset::two_clocks, "Two clocks",
       "Two clocks pull at each other. Raise K, or bring their frequencies together, until they "
       "fall in step.",
       make_two_clocks_meter},
      {Preset::crowd, "A crowd",
       "Everybody listens to everybody. Below K_c nobody agrees; above it a part of the crowd "
       "suddenly does.",
       make_crowd_meter},
      {Preset::fireflies, "Fireflies",
       "Each sees its four neighbours only, and still the whole meadow comes to flash together.",
       make_descent_meter},
      {Preset::bits, "Bits from phases",
       "A push at twice the frequency leaves each phase two places to rest, 0 and π: a bit.",
       make_bits_meter},
      {Preset::max_cut, "Max-Cut",
       "Units that push each other apart sort themselves into two groups. The best grouping is "
       "known: do they find it?",
       make_max_cut_meter},
      {Preset::memory, "A memory",
       "The couplings remember patterns. Turn some units the wrong way round and let it run: it "
       "recalls.",
       make_memory_meter},
      {Preset::double_well, "Double well",
       "Each unit lies in one of two wells, and heat throws it over the barrier now and then.",
       make_double_well_meter},
      {Preset::field, "A field",
       "Up to a million oscillators that share one kernel: vortices come in pairs, wander, and "
       "end each other.",
       make_descent_meter},
      {Preset::pixel, "Inside a picture",
       "A window of the network that Generate runs: the clock hands behind a few pixels, led at "
       "its "
       "border by the run on the wall.",
       make_excerpt_meter},
      {Preset::own, "Your own", "Add units, couple them, and see what they do.",
       make_descent_meter},
  };
  static_assert(std::size(kPresets) == kCountOf<Preset>);
  return kPresets;
}

const PresetInfo& preset_info(Preset preset) { return presets()[static_cast<std::size_t>(preset)]; }

}  // namespace phaseloom
