// SPDX-License-Identifier: MIT
#pragma once
// The inner loops of the thermodynamic computer's training, over paths in panels (panels.hpp).
// Implemented in path_kernels.isa.cpp for both precisions, once per instruction set. Sums run in an
// order that the jobs alone decide.

#include <cstdint>

#include "engine/support/isa.hpp"
#include "engine/thermo/panels.hpp"

namespace phaseloom {

/// The units of one panel, pushed: x += dt (-(2 J2 x + 4 J4 x^3) + a force) + noise normal, from
/// x = 0.
template <class Real>
struct NoisingJob {
  int held, steps;             ///< steps under the full force, and under the ramp
  const std::int8_t* normals;  ///< [held + steps][kPanel], in kNormalUnit
  const Real* ramp;            ///< a of each step behind the held ones
  Real full;                   ///< a of the held ones
  const Real *force, *noise;   ///< [kPanel]
  Real j2, j4, dt;
  Real* x;  ///< [steps + 1][kPanel]: the state after the held steps and each one behind them
};

/// r = (x_t - x' + dt dV/dx(x')) / (2 kT) at x' = x_(t+1), of one panel's units in steps
/// [first, last).
template <class Real>
struct ResidualJob {
  const Real* x;        ///< the path of all panels
  std::int64_t stride;  ///< from one panel to the next
  int panel, first_source, panels;
  const Real *weights, *bias;  ///< of the panel
  int first, last;
  Real j2, j4, dt, temperature;
  Real* r;  ///< [step][kPanel], of the panel
};

/// sums[i][k] += scale times the sum over steps of r_i x'_k + x'_i r_k; of row i's and column k's
/// panel.
template <class Real>
struct GradientJob {
  const Real *row_x, *column_x;  ///< of step 0: x' is one time later in a path
  const Real *row_r, *column_r;
  int first, last;
  Real scale;
  Real* sums;  ///< [kPanel][kPanel]
};

/// What the steps of a block, taken one after the other, do to the residuals of those behind them:
/// after each one J_ij -= rate (r_i x'_j + r_j x'_i) and b_i -= rate r_i.
template <class Real>
struct OnlineJob {
  Panels panels;
  int steps;
  const Real* x;        ///< x', [step][padded unit]
  Real* r;              ///< in: under the couplings before the block; out: as they were met
  Real rate, response;  ///< response: dt / (2 kT), a force's part in r
  bool visible_biases;
  Real* scratch;  ///< 2 x [padded unit]
};

template <class Real>
struct PathKernels {
  void (*noising)(const NoisingJob<Real>&);
  void (*residual)(const ResidualJob<Real>&);
  void (*gradient)(const GradientJob<Real>&);
  void (*online)(const OnlineJob<Real>&);
  /// Of `times` rows of a panel: their sum, [kPanel], and returns that of all squares.
  double (*totals)(const Real* rows, int times, Real* sum);
};

PHASELOOM_DECLARE_PER_ISA(template <class Real> PathKernels<Real> path_kernels_of())

/// Those of the active instruction set.
template <class Real>
const PathKernels<Real>& path_kernels();

}  // namespace phaseloom
