// SPDX-License-Identifier: MIT
#include "app/run/colour_scale.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/run/readout.hpp"

namespace phaseloom {
namespace {

constexpr double kTau = 2 * std::numbers::pi;

}  // namespace

ColourScale colour_scale(View::Quantity quantity, const Program& program, double range) {
  if (quantity == View::Quantity::intensity) return {};
  if (quantity == View::Quantity::phase && info(program.substrate).is_phase) {
    const double origin = phase_origin(program.readout);
    return {ColourMap::phase, origin, origin + kTau};
  }
  return {ColourMap::diverging, -range, range};
}

ColourScale difference_scale(const ColourScale& of, double range) {
  constexpr double kLeastIntensity = 0.1, kLeast = 0.5;
  double reach = std::max(range, of.map == ColourMap::grey ? kLeastIntensity : kLeast);
  if (of.map == ColourMap::phase) reach = std::min(reach, std::numbers::pi);
  return {ColourMap::diverging, -reach, reach};
}

double wrapped(double angle) {
  const double turn = angle / kTau;
  const double back = (turn - std::ceil(turn - 0.5)) * kTau;
  return std::isfinite(back) ? back : 0;
}

}  // namespace phaseloom
