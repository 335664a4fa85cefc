// SPDX-License-Identifier: MIT
#include "engine/playground/presets.hpp"

namespace phaseloom {
namespace {

/// What all begin from; numbers are our choice (*).
PlaygroundSetup phases(Preset preset, Layout layout, int units) {
  PlaygroundSetup s;
  s.preset = preset;
  s.substrate = substrate_named("kuramoto_shil");
  s.layout = layout;
  s.units = units;
  s.spread = 0;
  s.frequencies = Frequencies::gaussian;
  s.coupling = 1;
  return s;
}

PlaygroundSetup two_clocks() {
  PlaygroundSetup s = phases(Preset::two_clocks, Layout::ring, 2);
  s.frequencies = Frequencies::even;
  s.spread = 1;
  s.coupling = 0.4;  // just too weak: there is something to do
  s.carrier = 1.5;
  return s;
}

PlaygroundSetup crowd() {
  PlaygroundSetup s = phases(Preset::crowd, Layout::complete, 100);
  s.frequencies = Frequencies::lorentzian;
  s.spread = 0.5;
  s.coupling = 1.6;
  s.speed = 4;
  return s;
}

PlaygroundSetup fireflies() {
  PlaygroundSetup s = phases(Preset::fireflies, Layout::grid, 196);
  s.spread = 0.1;
  s.carrier = 2;
  s.speed = 2;
  return s;
}

PlaygroundSetup bits() {
  PlaygroundSetup s = phases(Preset::bits, Layout::apart, 64);
  s.spread = 0.4;
  s.coupling = 0;
  s.injection = 0.8;
  s.speed = 4;
  return s;
}

PlaygroundSetup max_cut() {
  PlaygroundSetup s = phases(Preset::max_cut, Layout::random, 14);
  s.coupling = -1;
  s.injection = 0.5;
  s.temperature = 0.02;
  s.degree = 4;
  return s;
}

PlaygroundSetup memory() {
  PlaygroundSetup s = phases(Preset::memory, Layout::memory, 100);
  s.injection = 0.2;
  s.damage = 0.25;
  return s;
}

PlaygroundSetup double_well() {
  PlaygroundSetup s = phases(Preset::double_well, Layout::apart, 100);
  s.substrate = substrate_named("langevin");
  s.coupling = 0;
  s.temperature = 0.08;
  s.step = 0.02;
  s.speed = 10;
  return s;
}

/// A field has settings of its own (engine/field); what is small here only waits.
PlaygroundSetup field() { return phases(Preset::field, Layout::ring, 2); }

PlaygroundSetup own() {
  PlaygroundSetup s = phases(Preset::own, Layout::ring, 6);
  s.degree = 2;
  return s;
}

}  // namespace

std::span<const PresetInfo> presets() {
  static constexpr PresetInfo kPresets[] = {
      {Preset::two_clocks, "Two clocks",
       "Two clocks pull at each other. Raise K, or bring their frequencies together, until they "
       "fall in step.",
       two_clocks, make_two_clocks_meter},
      {Preset::crowd, "A crowd",
       "Everybody listens to everybody. Below K_c nobody agrees; above it a part of the crowd "
       "suddenly does.",
       crowd, make_crowd_meter},
      {Preset::fireflies, "Fireflies",
       "Each sees its four neighbours only, and still the whole meadow comes to flash together.",
       fireflies, make_descent_meter},
      {Preset::bits, "Bits from phases",
       "A push at twice the frequency leaves each phase two places to rest, 0 and π: a bit.", bits,
       make_bits_meter},
      {Preset::max_cut, "Max-Cut",
       "Units that push each other apart sort themselves into two groups. The best grouping is "
       "known: do they find it?",
       max_cut, make_max_cut_meter},
      {Preset::memory, "A memory",
       "The couplings remember patterns. Turn some units the wrong way round and let it run: it "
       "recalls.",
       memory, make_memory_meter},
      {Preset::double_well, "Double well",
       "Each unit lies in one of two wells, and heat throws it over the barrier now and then.",
       double_well, make_double_well_meter},
      {Preset::field, "A field",
       "Up to a million oscillators that share one kernel: vortices come in pairs, wander, and "
       "end each other.",
       field, make_descent_meter},
      {Preset::own, "Your own", "Add units, couple them, and see what they do.", own,
       make_descent_meter},
  };
  static_assert(std::size(kPresets) == kCountOf<Preset>);
  return kPresets;
}

PlaygroundSetup preset_setup(Preset preset) { return preset_info(preset).setup(); }

const PresetInfo& preset_info(Preset preset) {
  return presets()[static_cast<std::size_t>(preset)];
}

}  // namespace phaseloom
