// SPDX-License-Identifier: MIT
// What each preset begins with.
#include <iterator>

#include "engine/playground/setup.hpp"

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

PlaygroundSetup pixel() {
  PlaygroundSetup s = phases(Preset::pixel, Layout::ring, 2);
  s.speed = 0.6;
  return s;
}

PlaygroundSetup own() {
  PlaygroundSetup s = phases(Preset::own, Layout::ring, 6);
  s.degree = 2;
  return s;
}

}  // namespace

PlaygroundSetup preset_setup(Preset preset) {
  // In the order of the enumerators.
  constexpr PlaygroundSetup (*kSetups[])() = {two_clocks, crowd,       fireflies, bits,  max_cut,
                                              memory,     double_well, field,     pixel, own};
  static_assert(std::size(kSetups) == kCountOf<Preset>);
  return kSetups[static_cast<std::size_t>(preset)]();
}

}  // namespace phaseloom
