// SPDX-License-Identifier: MIT
#pragma once
// What an experiment with a field is: the values `field.*` of a scene.

#include "engine/field/settings.hpp"

namespace phaseloom {

/// As it begins (*): large enough for many vortices, and small enough for any machine.
inline FieldSettings usual_field() {
  FieldSettings settings;
  settings.width = settings.height = 256;
  settings.spread = 0.2;
  return settings;
}

struct FieldExperiment {
  FieldSettings settings = usual_field();
  double speed = 30;  ///< steps per second
  bool operator==(const FieldExperiment&) const = default;
};

}  // namespace phaseloom
