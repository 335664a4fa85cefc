// SPDX-License-Identifier: MIT
#pragma once
// The inner loops of a convolution over blocks of kLanes samples, compiled once per instruction
// set. Arrays are [channel][y][x][lane]; a parameter array is [in][ky][kx][out], so that gradients
// are added as whole vectors of output channels.

#include <cstddef>

#include "engine/support/isa.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

struct ConvGeometry {
  int in_channels, in_height, in_width;
  int out_channels, out_height, out_width;
  int kernel, stride, padding;

  int in_plane() const { return in_height * in_width; }
  int out_plane() const { return out_height * out_width; }
  int taps() const { return kernel * kernel; }
  int weights() const { return in_channels * taps() * out_channels; }
};

/// The taps that touch one target row (or column) and stay inside the source.
struct TapRange {
  int count;
  int kernel;  ///< first kernel index; the next is kernel_step further
  int source;  ///< first source index; the next is source_step further
};

/// What the linear sum is multiplied by: 1 where the gating activation is positive, else the leak.
enum class Gate { none, own_sign, other };

/// target[c][y][x] = gate * (bias[c] + sum over source channels and taps of weight * source).
/// Serves the forward pass, the tangent pass and (with the taps of one pixel parity, running
/// backwards) the gradient with respect to the input.
template <class Real>
struct GatherJob {
  const Real* source;
  const Real* weights;  ///< [target tile][source channel][ky][kx][channel in tile]
  const Real* bias;     // padded to whole tiles, or null
  const Real* other;    // activations for Gate::other
  Real* target;
  int source_channels, source_plane, source_width;
  int channels, height, width;
  int kernel, kernel_step, source_step;
  const TapRange* rows;
  const TapRange* columns;
  Gate gate;
  Real leak;
  Real* scratch;
};

/// Vectors of output channels that the weight gradient holds at a time, for `channels` of them.
constexpr int signal_vectors(int channels, int width) {
  return ((channels + width - 1) / width) % 2 == 0 ? 2 : 1;
}

/// Kernels whose products are of pairs of bfloat16 have pair_weights. They round what they read
/// themselves (sums stay Real), into `scratch` or GatherJob::scratch, which has room for
/// scratch_size().
template <class Real>
struct ConvKernels {
  int tile;   // target channels in one tile of packed weights
  int width;  ///< elements of a vector

  void (*gather)(const GatherJob<Real>&);

  /// Gradient with respect to an input of few channels, where gather would have empty tiles: all
  /// taps of a kernel row at once, added to where they fall. weights
  /// [in][ky][part][out][kScatterTaps].
  void (*scatter)(const ConvGeometry&, const Real* weights, const Real* signal, Real* d_input,
                  Real* scratch);

  /// signal [out][position][lane] -> transposed [group][position][lane][signal_group()]; adds the
  /// sums over positions and lanes to d_bias unless null.
  void (*transpose_signal)(const ConvGeometry&, const Real* signal, Real* transposed, Real* d_bias);

  /// d_weights [in][ky][kx][out] += sum over positions and lanes of input * signal.
  void (*weight_gradient)(const ConvGeometry&, const Real* input, const Real* transposed,
                          Real* d_weights, Real* scratch);

  /// Replaces weights [block][source][inner] by pairs [block][(source + 1) / 2][inner], at the same
  /// place; null: the weights stay what they are.
  void (*pair_weights)(int blocks, int sources, int inner, Real* weights);

  /// Channels of one group of the transposed signal.
  int signal_group(int channels) const { return signal_vectors(channels, width) * width; }
  /// A single source channel has no partner: gather takes it as it is.
  bool gathers_pairs(int source_channels) const { return pair_weights && source_channels > 1; }
  /// Numbers of scratch that one layer needs.
  std::size_t scratch_size(const ConvGeometry& g) const {
    if (!pair_weights) return 0;
    const int in = (g.in_channels + 1) / 2 * g.in_plane();
    const int out = (g.out_channels + 1) / 2 * g.out_plane();
    return std::size_t(in > out ? in : out) * kLanes;
  }
};

/// Kernel columns that scatter handles at a time.
inline constexpr int kScatterTaps = 5;
/// Inputs of fewer channels than this take the paths that tile over taps instead.
inline constexpr int kFewChannels = 4;

PHASELOOM_DECLARE_PER_ISA(const ConvKernels<float>& conv_kernels_float())
PHASELOOM_DECLARE_PER_ISA(const ConvKernels<double>& conv_kernels_double())

/// The kernels of the active instruction set.
template <class Real>
const ConvKernels<Real>& conv_kernels();
template <>
inline const ConvKernels<float>& conv_kernels<float>() {
  return PHASELOOM_DISPATCH(conv_kernels_float);
}
template <>
inline const ConvKernels<double>& conv_kernels<double>() {
  return PHASELOOM_DISPATCH(conv_kernels_double);
}

#if defined(__x86_64__)
namespace avx512_bf16 {
const ConvKernels<float>& conv_kernels_float();
}
#endif

/// For networks that exist to be trained against: products of bfloat16, in sums of float, where the
/// active instruction set has them. Measurements (classifier, features) take conv_kernels.
inline const ConvKernels<float>& training_conv_kernels() {
#if defined(__x86_64__)
  if (active_isa() == Isa::avx512_bf16) return avx512_bf16::conv_kernels_float();
#endif
  return conv_kernels<float>();
}

}  // namespace phaseloom
