// SPDX-License-Identifier: MIT
#pragma once
// The neural baseline: a time-conditioned vector field (x, y, t) -> (dx/dt, dy/dt), three hidden
// layers of 64 with tanh (*).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/support/aligned.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

inline constexpr int kMlpWidth = 64;
inline constexpr int kMlpHiddenLayers = 3;
/// Inputs are (kMlpInputScale x, kMlpInputScale y, 2 t - 1), t in [0, 1].
inline constexpr float kMlpInputScale = 4;

/// Parameters of all layers in order, each: weights [out][in], then biases [out].
struct MlpShape {
  static constexpr int kLayers = kMlpHiddenLayers + 1;
  static constexpr int inputs(int layer) { return layer == 0 ? 3 : kMlpWidth; }
  static constexpr int outputs(int layer) { return layer + 1 == kLayers ? 2 : kMlpWidth; }
  static constexpr std::size_t offset(int layer) {
    std::size_t at = 0;
    for (int l = 0; l < layer; ++l) at += std::size_t(inputs(l) + 1) * outputs(l);
    return at;
  }
};
inline constexpr std::size_t kMlpParameters = MlpShape::offset(MlpShape::kLayers);

/// Weights ~ N(0, 1 / inputs), biases 0; the last layer starts at 0: no field.
std::vector<float> initial_mlp(std::uint64_t seed);

/// Numbers that one evaluation of `lanes` samples leaves behind for its adjoint.
constexpr std::size_t mlp_trace_size(int lanes) {
  return static_cast<std::size_t>(3 + kMlpHiddenLayers * kMlpWidth) * lanes;
}

/// One evaluation of the field or its adjoint for `lanes` samples side by side, a multiple of
/// kLanes. Arrays are lane-innermost, [component][lanes].
template <class Real>
struct MlpJob {
  const Real* parameters;
  int lanes;
  const Real* x;  ///< [2][lanes]
  const Real* t;  ///< [lanes], in [0, 1]
  Real* rate;     ///< [2][lanes], forward: dx/dt
  Real* trace;    ///< mlp_trace_size(lanes); written forward, read backward
  // adjoint only
  const Real* d_rate;  ///< [2][lanes]
  Real* d_x;           ///< [2][lanes], assigned
  Real* gradient;      ///< kMlpParameters, added to
};

template <class Real>
void mlp_forward(const MlpJob<Real>& job);
template <class Real>
void mlp_backward(const MlpJob<Real>& job);

PHASELOOM_DECLARE_PER_ISA(template <class Real> void mlp_forward(const MlpJob<Real>& job))
PHASELOOM_DECLARE_PER_ISA(template <class Real> void mlp_backward(const MlpJob<Real>& job))

}  // namespace phaseloom
