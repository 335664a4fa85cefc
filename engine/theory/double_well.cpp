// SPDX-License-Identifier: MIT
#include "engine/theory/double_well.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

/// Simpson's rule; the integrand is smooth and its tails are far below rounding.
template <class F>
double integral(const F& f, double low, double high) {
  constexpr int kPieces = 2000;  // even
  const double h = (high - low) / kPieces;
  double sum = f(low) + f(high);
  for (int i = 1; i < kPieces; ++i) sum += (i % 2 == 1 ? 4 : 2) * f(low + i * h);
  return sum * h / 3;
}

}  // namespace

double DoubleWell::minimum() const { return std::sqrt(-j2 / (2 * j4)); }

double DoubleWell::barrier() const { return j2 * j2 / (4 * j4); }

double DoubleWell::escape_time(double temperature) const {
  const double at_top = 2 * j2, at_bottom = -4 * j2;  // V″
  return 2 * std::numbers::pi / std::sqrt(at_bottom * std::abs(at_top)) *
         std::exp(barrier() / temperature);
}

double DoubleWell::passage_time(double temperature) const {
  constexpr int kPieces = 8000;
  const double bottom = minimum(), low = -3 * bottom, h = (bottom - low) / kPieces;
  double inner = 0, outer = 0;
  for (int i = 0; i < kPieces; ++i) {  // midpoints: both integrals in one pass
    const double x = low + (i + 0.5) * h;
    const double weight = std::exp(-(potential(x) + barrier()) / temperature) * h;
    if (x > -bottom)
      outer += std::exp((potential(x) + barrier()) / temperature) * (inner + weight / 2) * h;
    inner += weight;
  }
  return outer / temperature;
}

BoltzmannDensity::BoltzmannDensity(const DoubleWell& well, double temperature)
    : well_(well), temperature_(temperature), lowest_(well.two() ? -well.barrier() : 0) {
  // Where V is 40 kT above its lowest place: nothing is found beyond.
  double reach = 1;
  while (well.potential(reach) - lowest_ < 40 * temperature && reach < 1e6) reach *= 1.25;
  norm_ = integral([this](double x) { return (*this)(x); }, -reach, reach);
}

double BoltzmannDensity::operator()(double x) const {
  return std::exp(-(well_.potential(x) - lowest_) / temperature_) / norm_;
}

double BoltzmannDensity::mass(double low, double high) const { return integral(*this, low, high); }

}  // namespace phaseloom
