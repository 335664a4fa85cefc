// SPDX-License-Identifier: MIT
#include "engine/theory/crowd.hpp"

#include <cmath>

namespace phaseloom {

double critical_coupling(double half_width) { return 2 * half_width; }

double crowd_order(double coupling, double half_width) {
  const double critical = critical_coupling(half_width);
  return coupling <= critical ? 0 : std::sqrt(1 - critical / coupling);
}

}  // namespace phaseloom
