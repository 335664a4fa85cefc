// SPDX-License-Identifier: MIT
#pragma once
// What is asked of a run, apart from the network and the hardware.

#include <cstdint>

#include "engine/network/program.hpp"

namespace phaseloom {

struct RunSettings {
  Integrator integrator = Integrator::midpoint;
  int steps_per_chunk = 4;  ///< > 0
  std::uint64_t seed = 1;   ///< of the initial state and of all noise
  /// Lane l is sample first_sample + l: that keys all its random numbers.
  std::uint64_t first_sample = 0;
  /// Multiplies the program's initial noise width.
  double noise_width = 1;
  /// Of the bath that every unit of the grid is in: kT in the unit of the substrate's potential, 0
  /// to kMaxTemperature. At mobility 1 the noise is sqrt(2 kT) dw, apart from that of flawed
  /// hardware.
  double temperature = 0;
  /// The class asked for, 0..labels - 1 of a program with labels, or kAllLabels: classes in turn.
  int label = kAllLabels;
  bool operator==(const RunSettings&) const = default;
};

/// A run as the program asks for it.
inline RunSettings settings_of(const Program& program) {
  RunSettings settings;
  settings.integrator = program.integrator;
  settings.steps_per_chunk = program.steps_per_chunk;
  settings.temperature = program.temperature;
  return settings;
}

/// The state of one unit in one lane.
struct UnitState {
  int unit = 0;  ///< of the grid: label oscillators are held as the class asks
  int lane = 0;
  float value = 0;  ///< rad or voltage
  bool operator==(const UnitState&) const = default;
};

}  // namespace phaseloom
