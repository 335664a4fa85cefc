// SPDX-License-Identifier: MIT
#include "engine/thermo/machine.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

// Beyond it one step of Euler's method overshoots even where the quartic part hardly matters.
constexpr double kMaxStep = 0.1;

void check_range(const char* field, double value, double low, double high) {
  if (!(value >= low && value <= high))
    fail("thermodynamic computer: {} is {}; it must lie in {}..{}", field, value, low, high);
}

}  // namespace

int ThermoSetup::steps() const { return static_cast<int>(std::lround(duration / dt)); }

void validate(const ThermoSetup& s) {
  const PictureShape& picture = s.picture;
  if (picture.width < 1 || picture.height < 1 ||
      std::int64_t{picture.width} * picture.height * picture.channels > kMaxThermoVisible)
    fail("thermodynamic computer: pictures of {} are too large; {} values at most will do",
         words(picture), kMaxThermoVisible);
  check_range("hidden", s.hidden, 1, kMaxThermoHidden);
  check_range("j2", s.j2, -100, 100);
  check_range("j4", s.j4, 1e-3, 100);
  check_range("temperature", s.temperature, 1e-6, 100);
  check_range("dt", s.dt, 1e-6, kMaxStep);
  check_range("duration", s.duration, s.dt, s.dt * double(kMaxPathNumbers / s.units()));
  if (std::abs(s.steps() * s.dt - s.duration) > 1e-6 * s.duration)
    fail("thermodynamic computer: dt = {} does not divide the duration {}", s.dt, s.duration);
  check_range("labels", s.labels, 0, kMaxLabels);
  check_range("competition", s.competition, -100, 100);
  check_range("drive", s.drive, 0, 100);
  check_range("released", s.released, 1e-3, 1);
}

template <class Real>
ThermoParameters<Real> make_thermo_parameters(const ThermoSetup& setup) {
  ThermoParameters<Real> p;
  p.visible = setup.visible();
  p.hidden = setup.hidden;
  p.couplings.resize(static_cast<std::size_t>(p.units()) * p.hidden);
  p.bias.resize(static_cast<std::size_t>(p.units()));
  p.labels = setup.labels;
  p.label_couplings.resize(static_cast<std::size_t>(p.labels) * p.bias.size());
  return p;
}

ThermoParameters<float> first_thermo_parameters(const ThermoSetup& setup) {
  auto p = make_thermo_parameters<float>(setup);
  const auto rivals = static_cast<float>(setup.competition / setup.hidden);
  for (int i = 0; i < p.hidden; ++i)
    for (int h = 0; h < p.hidden; ++h) p.coupling(p.visible + i, h) = i == h ? 0 : rivals;
  return p;
}

template <class Real>
double coupling_rms(const ThermoParameters<Real>& p) {
  double seen = 0, unseen = 0;
  for (int i = 0; i < p.units(); ++i)
    for (int h = 0; h < p.hidden; ++h) {
      const double j = p.coupling(i, h);
      (i < p.visible ? seen : unseen) += j * j;
    }
  const double pairs = double(p.hidden) * (p.visible + (p.hidden - 1) / 2.0);
  return std::sqrt((seen + unseen / 2) / pairs);
}

std::shared_ptr<const Topology> thermo_topology(const ThermoSetup& setup) {
  const int visible = setup.visible(), units = setup.units();
  std::vector<std::int64_t> row_begin{0};
  std::vector<std::int32_t> sources;
  for (int i = 0; i < units; ++i) {
    for (int j = i < visible ? visible : 0; j < units; ++j)
      if (j != i) sources.push_back(j);
    row_begin.push_back(static_cast<std::int64_t>(sources.size()));
  }
  const auto free = Topology::from_rows(
      {units, 1, 1}, visible, std::move(row_begin), std::move(sources),
      fmt::format("{} seen + {} hidden", visible, setup.hidden), "thermodynamic computer");
  return setup.labels > 0 ? Topology::with_labels(*free, setup.labels) : free;
}

Program thermo_program(const ThermoSetup& setup, const ThermoParameters<float>& parameters) {
  validate(setup);
  Program program =
      make_program(substrate_named("langevin"), thermo_topology(setup), 2, setup.duration, 0, 0);
  program.tied = true;
  program.initial.width = 0;
  program.temperature = setup.temperature;
  program.shape = setup.picture;
  program.integrator = Integrator::euler;
  program.steps_per_chunk = setup.steps();
  for (int c = 0; c < program.chunks(); ++c) {
    std::ranges::fill(program.unit_values(c, 0), static_cast<float>(setup.j2));
    std::ranges::fill(program.unit_values(c, 1), static_cast<float>(setup.j4));
  }
  std::ranges::copy(parameters.bias, program.unit_values(1, 2).begin());
  const Topology& t = *program.topology;
  const auto weights = program.weights(1);
  const int visible = parameters.visible, units = parameters.units();
  for (int i = 0; i < units; ++i) {
    auto at = static_cast<std::size_t>(t.row_begin()[i]);
    for (const int j : t.sources_of(i))
      weights[at++] = j >= units     ? parameters.label_coupling(j - units, i)
                      : j >= visible ? parameters.coupling(i, j - visible)
                                     : parameters.coupling(j, i - visible);
  }
  return program;
}

template struct ThermoParameters<float>;
template struct ThermoParameters<double>;
template ThermoParameters<float> make_thermo_parameters(const ThermoSetup&);
template ThermoParameters<double> make_thermo_parameters(const ThermoSetup&);
template double coupling_rms(const ThermoParameters<float>&);
template double coupling_rms(const ThermoParameters<double>&);

}  // namespace phaseloom
