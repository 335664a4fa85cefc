// SPDX-License-Identifier: MIT
#pragma once
// The thermodynamic computer straight from its equations, in double precision and without panels:
// what the engine is compared with.

#include <vector>

#include "engine/support/random.hpp"
#include "engine/thermo/panels.hpp"

namespace phaseloom {

using State = std::vector<double>;

/// Two panels of each kind, neither of them full, and more steps than any block has.
inline ThermoSetup small_setup() {
  ThermoSetup setup;
  setup.picture = {7, 5, 1};
  setup.hidden = 37;
  setup.duration = 0.3;
  return setup;
}

template <class Real>
ThermoParameters<Real> random_parameters(const ThermoSetup& setup, double width) {
  auto p = make_thermo_parameters<Real>(setup);
  RandomSequence random(5, Stream::weight_init);
  for (int i = 0; i < p.units(); ++i) {
    p.bias[i] = static_cast<Real>(width * random.normal());
    for (int h = 0; h < p.hidden; ++h) {
      const int j = p.visible + h;
      if (j <= i) continue;
      p.coupling(i, h) = static_cast<Real>(width * random.normal());
      if (i >= p.visible) p.coupling(j, i - p.visible) = p.coupling(i, h);
    }
  }
  return p;
}

/// J_ij of any two units.
template <class Real>
double coupling_of(const ThermoParameters<Real>& p, int i, int j) {
  if (i == j || (i < p.visible && j < p.visible)) return 0;
  return double(j >= p.visible ? p.coupling(i, j - p.visible) : p.coupling(j, i - p.visible));
}

template <class Real>
State slope_of(const ThermoSetup& s, const ThermoParameters<Real>& p, const State& x) {
  State slope(x.size());
  for (int i = 0; i < p.units(); ++i) {
    slope[i] = 2 * s.j2 * x[i] + 4 * s.j4 * x[i] * x[i] * x[i] + double(p.bias[i]);
    for (int j = 0; j < p.units(); ++j) slope[i] += coupling_of(p, i, j) * x[j];
  }
  return slope;
}

template <class Real>
double energy_of(const ThermoSetup& s, const ThermoParameters<Real>& p, const State& x) {
  double sum = 0;
  for (int i = 0; i < p.units(); ++i) {
    sum += x[i] * x[i] * (s.j2 + s.j4 * x[i] * x[i]) + double(p.bias[i]) * x[i];
    for (int j = 0; j < i; ++j) sum += coupling_of(p, i, j) * x[i] * x[j];
  }
  return sum;
}

template <class Real>
State state_at(const PanelPath<Real>& path, int time) {
  State x;
  for (int i = 0; i < path.panels.visible + path.panels.hidden; ++i)
    x.push_back(double(path.at(i, time)));
  return x;
}

}  // namespace phaseloom
