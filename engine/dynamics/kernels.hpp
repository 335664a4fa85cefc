// SPDX-License-Identifier: MIT
#pragma once
// The inner loops: one stage of a step, one stage of its adjoint, the weights' gradient. Plain
// pointers; every array is one block of kLanes samples, lane-innermost and aligned to kAlignment:
//
//   x, lambda   [unit][lane]             state and adjoint of the rate
//   y, g        [unit][channel][lane]    what units send; dL/d(field)
//   field       [unit][channel][lane]    what the couplings deliver; lives in registers only
//   slope       [unit][lane]             d(rate)/dx of a unit alone, the field held
//
// Implemented in kernels.isa.cpp once per substrate, precision and instruction set.

#include <cstdint>

#include "engine/dynamics/tiling.hpp"
#include "engine/network/substrate.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

/// One stage: the rate at (x, y), accumulated into the new state, and the next stage's state.
///   rate = f(x, y) + forcing
///   sum_out = sum_in + b rate
///   last:  x_out = sum_out        else:  x_out = base + a rate
///   y_out = encode(x_out)
/// x_out may be x, sum_out may be sum_in; y_out must not be y. The loops are bound by memory as
/// much as by arithmetic, so what nobody will read should not be written.
template <class Real>
struct StageArguments {
  const Tiling* tiling;
  const Real* weights;     ///< packed
  const Real* parameters;  ///< [parameter][unit]
  const Real* x;
  const Real* y;
  const Real* base;  ///< state at the start of the step
  const Real* sum_in;
  Real a, b;
  bool last;
  Real* sum_out;  ///< null if last, or if b is 0
  Real* x_out;    ///< may be null before the last stage unless Kernels::reads_state
  Real* y_out;
  Real* slope_out;            ///< or null
  const Real* forcing;        ///< [unit][lane] or null
  const std::int8_t* errors;  ///< of the packed weights, as fill_weight_errors() has them, or null
  Real error_scale;           ///< weight used = w (1 + error_scale * error)
};

/// Adjoint of one stage: X = lambda^T df/dx, and the beginning of that of the stage before it.
///   sum_out = sum_in + X;  lambda_out = b upper + a X;  g_out = dL/d(field) of that stage
/// sum_out may be sum_in, lambda_out may be lambda.
template <class Real>
struct PullArguments {
  const Tiling* tiling;  ///< transposed
  const Real* weights;   ///< packed, transposed
  const Real* parameters;
  const Real* y;  ///< of this stage, as slope
  const Real* slope;
  const Real* lambda;
  const Real* g;
  const Real* sum_in;
  Real* sum_out;
  Real* parameter_sums;  ///< [unit][kMaxUnitParameters]: lane sums of dL/dp are added; whole tiles
  const Real* upper;     ///< dL/d(state after the step of the stage before); null: sum_out
  Real a, b;
  const Real* y_before;  ///< of the stage before; null if there is none
  Real* lambda_out;      ///< unused then
  Real* g_out;
};

template <class Real>
struct GradientArguments {
  const Tiling* tiling;  ///< forward
  int stages;            ///< stored stages
  std::int64_t stride;   ///< from one stage to the next in y and g
  const Real* y;         ///< [stage][unit][channel][lane]
  const Real* g;         ///< the same
  Real* gradient;        ///< per coupling; assigned. One place more gets what nobody wants
};

template <class Real>
struct Kernels {
  bool reads_state;  ///< stages read x, not only y
  bool pairs;       ///< for tilings of pairs (pair_sources); y, g and weights are pairs of bfloat16
  int noise_lanes;  ///< lanes whose errors of a weight lie side by side: error_at()
  /// y = encode(x) for all units.
  void (*encode)(int units, const Real* x, Real* y);
  void (*stage)(const StageArguments<Real>&);
  /// lambda = b upper, g = dL/d(field) of the last stage of a step.
  void (*start_pull)(int units, const Real* y, const Real* upper, Real b, Real* lambda, Real* g);
  void (*pull)(const PullArguments<Real>&);
  void (*weight_gradient)(const GradientArguments<Real>&);
  /// packed[i] = weights[tiling.coupling[i]], 0 for filled-in positions.
  void (*pack)(const Tiling&, const Real* weights, Real* packed);
};

PHASELOOM_DECLARE_PER_ISA(template <class Real> const Kernels<Real>& kernels_of(Substrate))

#if defined(__x86_64__)
namespace avx512_bf16 {
const Kernels<float>& kernels_of(Substrate);
}
#endif

/// Whether the active instruction set has kernels whose products are of bfloat16: for training.
inline bool has_pair_kernels() { return active_isa() == Isa::avx512_bf16; }

/// Kernels of the active instruction set. Real is float or double.
template <class Real>
const Kernels<Real>& kernels(Substrate substrate);

/// Only where has_pair_kernels(). Two neighbouring units share an element of 32 bits in y, g and
/// packed weights, [unit / 2][channel][lane]; sums and all the rest are float. Weight noise is not
/// for them.
const Kernels<float>& pair_kernels(Substrate substrate);

}  // namespace phaseloom
