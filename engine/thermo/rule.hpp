// SPDX-License-Identifier: MIT
#pragma once
// The learning rule [GTC], [WD]: make it likely that the computer, under V, runs a noising path
// backwards. With mobility 1 and x' the state behind a step, the step's residual is
//
//   r_i = (x_i - x'_i + dt dV/dx_i(x')) / (2 kT),     ln P = -(kT / dt) sum_i r_i^2 + const,
//
// so that the loss -ln P has the gradients r_i x'_j + r_j x'_i with respect to J_ij and r_i with
// respect to b_i, and is 1/2 per step and unit where V explains all but the noise.

#include <cstdint>
#include <vector>

#include "engine/support/parallel.hpp"
#include "engine/thermo/panels.hpp"

namespace phaseloom {

/// Couplings and biases, in panels.
template <class Real>
struct PanelParameters {
  PanelCouplings<Real> couplings;
  AlignedVector<Real> bias;  ///< of padded units

  explicit PanelParameters(const Panels& panels)
      : couplings(panels), bias(static_cast<std::size_t>(panels.padded())) {}
  void assign(const ThermoParameters<Real>& parameters);
  void read(ThermoParameters<Real>& parameters) const;
  void clear();
};

/// Residuals and gradients of whole paths. Results are the same bits for any thread count.
template <class Real>
class PathRule {
 public:
  explicit PathRule(const ThermoSetup& setup, ThreadPool& pool);

  /// Of all steps of the path under the parameters; returns the loss of the path: the sum over
  /// steps and units of r^2 kT / dt.
  double residuals(const PanelPath<Real>& path, const PanelParameters<Real>& parameters);
  const PanelPath<Real>& residual() const { return residual_; }

  /// Adds scale times the gradient of the loss to `sums` from the steps [first, last) of the
  /// residuals at hand. Only what hidden panels own of the couplings is changed; finish() completes
  /// it.
  void add_gradient(const PanelPath<Real>& path, int first, int last, Real scale,
                    PanelParameters<Real>& sums);
  void finish(PanelParameters<Real>& parameters);

  /// The online rule: after each step of the path the parameters move against the gradient of that
  /// step alone. Steps are taken in blocks, within which the forces are corrected for what has
  /// changed since the block's beginning: the same but for rounding, at the price of products of
  /// matrices. Returns the loss, of each step before its own change.
  double run_online(const PanelPath<Real>& path, Real rate, PanelParameters<Real>& parameters);

 private:
  void block_residuals(const PanelPath<Real>& path, const PanelParameters<Real>& parameters,
                       int panel, int first, int last);
  void correct(const PanelPath<Real>& path, int first, int last, Real rate);
  double loss_of(int first, int last);

  ThermoSetup setup_;
  ThreadPool& pool_;
  PanelPath<Real> residual_;
  AlignedVector<Real> block_x_, block_r_, scratch_;
};

/// Gradients of the loss of one path, for whoever wants the numbers; the path's loss in `loss`.
template <class Real>
ThermoParameters<Real> path_gradient(const ThermoSetup& setup, const PanelPath<Real>& path,
                                     const ThermoParameters<Real>& parameters, ThreadPool& pool,
                                     double& loss);

extern template class PathRule<float>;
extern template class PathRule<double>;

}  // namespace phaseloom
