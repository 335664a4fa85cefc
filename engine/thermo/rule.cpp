// SPDX-License-Identifier: MIT
#include "engine/thermo/rule.hpp"

#include <algorithm>
#include <cassert>

#include "engine/thermo/path_kernels.hpp"

namespace phaseloom {
namespace {

// Steps of a block, chosen for the caches (*): of residuals, all units' states fit the second
// level; of gradients, the sums in memory are rarely touched; of the online rule, what is done one
// step after the other is little beside the products. They are part of the order of sums.
constexpr int kResidualSteps = 120, kGradientSteps = 250, kOnlineSteps = 32;

int blocks_of(int steps, int block) { return (steps + block - 1) / block; }

}  // namespace

template <class Real>
void PanelParameters<Real>::assign(const ThermoParameters<Real>& parameters) {
  couplings.assign(parameters);
  to_panels(couplings.panels(), parameters.bias.data(), bias.data());
}

template <class Real>
void PanelParameters<Real>::read(ThermoParameters<Real>& parameters) const {
  couplings.read(parameters);
  from_panels(couplings.panels(), bias.data(), parameters.bias.data());
}

template <class Real>
void PanelParameters<Real>::clear() {
  couplings.clear();
  std::ranges::fill(bias, Real(0));
}

template <class Real>
PathRule<Real>::PathRule(const ThermoSetup& setup, ThreadPool& pool)
    : setup_(setup), pool_(pool), residual_({setup.visible(), setup.hidden}, setup.steps()) {}

template <class Real>
void PathRule<Real>::block_residuals(const PanelPath<Real>& path,
                                     const PanelParameters<Real>& parameters, int panel, int first,
                                     int last) {
  const auto& couplings = parameters.couplings;
  path_kernels<Real>().residual({.x = path.values.data(),
                                 .stride = path.stride(),
                                 .panel = panel,
                                 .first_source = couplings.first_source(panel),
                                 .panels = path.panels.count(),
                                 .weights = couplings.weights(panel),
                                 .bias = parameters.bias.data() + panel * kPanel,
                                 .first = first,
                                 .last = last,
                                 .j2 = static_cast<Real>(setup_.j2),
                                 .j4 = static_cast<Real>(setup_.j4),
                                 .dt = static_cast<Real>(setup_.dt),
                                 .temperature = static_cast<Real>(setup_.temperature),
                                 .r = residual_.panel(panel)});
}

template <class Real>
double PathRule<Real>::residuals(const PanelPath<Real>& path,
                                 const PanelParameters<Real>& parameters) {
  const int steps = residual_.times;
  assert(path.times == steps + 1);
  pool_.run(blocks_of(steps, kResidualSteps), [&](int block) {
    const int first = block * kResidualSteps, last = std::min(first + kResidualSteps, steps);
    for (int p = 0; p < path.panels.count(); ++p) block_residuals(path, parameters, p, first, last);
  });
  return loss_of(0, steps);
}

template <class Real>
double PathRule<Real>::loss_of(int first, int last) {
  const int panels = residual_.panels.count();
  std::vector<double> squares(static_cast<std::size_t>(panels));
  pool_.run(panels, [&](int p) {
    alignas(kAlignment) Real sums[kPanel];
    squares[static_cast<std::size_t>(p)] = path_kernels<Real>().totals(
        residual_.panel(p) + std::int64_t{first} * kPanel, last - first, sums);
  });
  double sum = 0;
  for (const double s : squares) sum += s;
  return sum * setup_.temperature / setup_.dt;
}

template <class Real>
void PathRule<Real>::add_gradient(const PanelPath<Real>& path, int first, int last, Real scale,
                                  PanelParameters<Real>& sums) {
  const Panels& panels = path.panels;
  const int seen = panels.visible_panels();
  for (int begin = first; begin < last; begin += kGradientSteps) {
    const int end = std::min(begin + kGradientSteps, last);
    pool_.run(panels.count(), [&](int p) {
      const auto& kernels = path_kernels<Real>();
      for (int q = std::max(p, seen); q < panels.count(); ++q)
        kernels.gradient({.row_x = path.panel(p) + kPanel,
                          .column_x = path.panel(q) + kPanel,
                          .row_r = residual_.panel(p),
                          .column_r = residual_.panel(q),
                          .first = begin,
                          .last = end,
                          .scale = scale,
                          .sums = sums.couplings.weights(q) + p * kPanel * kPanel});
      if (p < seen && !setup_.visible_biases) return;
      alignas(kAlignment) Real total[kPanel];
      kernels.totals(residual_.panel(p) + std::int64_t{begin} * kPanel, end - begin, total);
      for (int u = 0; u < kPanel; ++u)
        sums.bias[static_cast<std::size_t>(p) * kPanel + u] += scale * total[u];
    });
  }
}

template <class Real>
void PathRule<Real>::finish(PanelParameters<Real>& parameters) {
  pool_.run(parameters.couplings.panels().count(), [&](int p) { parameters.couplings.mirror(p); });
}

template <class Real>
void PathRule<Real>::correct(const PanelPath<Real>& path, int first, int last, Real rate) {
  const Panels& panels = path.panels;
  const auto units = static_cast<std::size_t>(panels.padded());
  const auto move = [&](bool back) {
    for (int t = first; t < last; ++t)
      for (int p = 0; p < panels.count(); ++p) {
        const std::size_t at =
            static_cast<std::size_t>(t - first) * units + std::size_t(p) * kPanel;
        Real* r = residual_.panel(p) + std::int64_t{t} * kPanel;
        if (back) {
          std::copy_n(&block_r_[at], kPanel, r);
        } else {
          std::copy_n(path.panel(p) + (std::int64_t{t} + 1) * kPanel, kPanel, &block_x_[at]);
          std::copy_n(r, kPanel, &block_r_[at]);
        }
      }
  };
  move(false);
  path_kernels<Real>().online({.panels = panels,
                               .steps = last - first,
                               .x = block_x_.data(),
                               .r = block_r_.data(),
                               .rate = rate,
                               .response = static_cast<Real>(setup_.dt / (2 * setup_.temperature)),
                               .visible_biases = setup_.visible_biases,
                               .scratch = scratch_.data()});
  move(true);
}

template <class Real>
double PathRule<Real>::run_online(const PanelPath<Real>& path, Real rate,
                                  PanelParameters<Real>& parameters) {
  const int steps = residual_.times;
  const auto units = static_cast<std::size_t>(path.panels.padded());
  block_x_.resize(units * kOnlineSteps);
  block_r_.resize(units * kOnlineSteps);
  scratch_.resize(2 * units);
  for (int first = 0; first < steps; first += kOnlineSteps) {
    const int last = std::min(first + kOnlineSteps, steps);
    pool_.run(path.panels.count(),
              [&](int p) { block_residuals(path, parameters, p, first, last); });
    correct(path, first, last, rate);
    add_gradient(path, first, last, -rate, parameters);
    finish(parameters);
  }
  return loss_of(0, steps);
}

template <class Real>
ThermoParameters<Real> path_gradient(const ThermoSetup& setup, const PanelPath<Real>& path,
                                     const ThermoParameters<Real>& parameters, ThreadPool& pool,
                                     double& loss) {
  PathRule<Real> rule(setup, pool);
  PanelParameters<Real> at(path.panels), sums(path.panels);
  at.assign(parameters);
  loss = rule.residuals(path, at);
  rule.add_gradient(path, 0, setup.steps(), 1, sums);
  rule.finish(sums);
  auto gradient = make_thermo_parameters<Real>(setup);
  sums.read(gradient);
  return gradient;
}

template struct PanelParameters<float>;
template struct PanelParameters<double>;
template class PathRule<float>;
template class PathRule<double>;
template ThermoParameters<float> path_gradient(const ThermoSetup&, const PanelPath<float>&,
                                               const ThermoParameters<float>&, ThreadPool&,
                                               double&);
template ThermoParameters<double> path_gradient(const ThermoSetup&, const PanelPath<double>&,
                                                const ThermoParameters<double>&, ThreadPool&,
                                                double&);

}  // namespace phaseloom
