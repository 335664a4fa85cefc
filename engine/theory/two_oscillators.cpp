// SPDX-License-Identifier: MIT
#include "engine/theory/two_oscillators.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace phaseloom {

bool locks(double detuning, double coupling) {
  return std::abs(detuning) <= 2 * std::abs(coupling);
}

double locked_lag(double detuning, double coupling) {
  if (coupling == 0) return 0;
  const double lag = std::asin(std::clamp(detuning / (2 * coupling), -1.0, 1.0));
  if (coupling > 0) return lag;
  return lag < 0 ? -std::numbers::pi - lag : std::numbers::pi - lag;
}

double beat_frequency(double detuning, double coupling) {
  const double square = detuning * detuning - 4 * coupling * coupling;
  return square <= 0 ? 0 : std::copysign(std::sqrt(square), detuning);
}

}  // namespace phaseloom
