// SPDX-License-Identifier: MIT
// Convolution with products of bfloat16 and sums of float32. The elements of the loops are pairs:
// of adjacent channels in gather and scatter, of adjacent lanes in the weight gradient.

#include "engine/neural/conv_kernels.hpp"
#include "engine/neural/conv_loops.hpp"
#include "engine/support/bf16.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

Bf16Pair* as_pairs(float* numbers) { return reinterpret_cast<Bf16Pair*>(numbers); }
const Bf16Pair* as_pairs(const float* numbers) {
  return reinterpret_cast<const Bf16Pair*>(numbers);
}

/// [channel][size] -> [(channel + 1) / 2][size]; an odd channel out is paired with zeros.
const Bf16Pair* pair_channels(const float* source, int channels, std::ptrdiff_t size,
                              float* scratch) {
  Bf16Pair* to = as_pairs(scratch);
  for (int c = 0; c < channels; c += 2, source += 2 * size) {
    const bool both = c + 1 < channels;
    for (std::ptrdiff_t i = 0; i < size; i += kWidth<float>, to += kWidth<float>)
      store(to, pairs_of(load(source + i), both ? load(source + size + i) : Vec<float>{}));
  }
  return as_pairs(scratch);
}

/// [...][lane] -> [...][lane / 2].
const Bf16Pair* pair_lanes(const float* source, std::ptrdiff_t size, float* scratch) {
  constexpr int w = kWidth<float>;
  Bf16Pair* to = as_pairs(scratch);
  for (std::ptrdiff_t i = 0; i < size; i += 2 * w, to += w)
    store(to, consecutive_pairs(load(source + i), load(source + i + w)));
  return as_pairs(scratch);
}

void gather_pairs(const GatherJob<float>& job) {
  if (job.source_channels == 1) return gather(job, job.source, job.weights);
  gather(job, pair_channels(job.source, job.source_channels, lanes(job.source_plane), job.scratch),
         as_pairs(job.weights));
}

void scatter_pairs(const ConvGeometry& g, const float* weights, const float* signal, float* d_input,
                   float* scratch) {
  scatter(g, as_pairs(weights),
          pair_channels(signal, g.out_channels, lanes(g.out_plane()), scratch), d_input);
}

void transpose_signal_pairs(const ConvGeometry& g, const float* signal, float* transposed,
                            float* d_bias) {
  transpose_signal(g, signal, as_pairs(transposed), d_bias);
}

void weight_gradient_pairs(const ConvGeometry& g, const float* input, const float* transposed,
                           float* d_weights, float* scratch) {
  weight_gradient(g, pair_lanes(input, lanes(g.in_channels * g.in_plane()), scratch),
                  as_pairs(transposed), d_weights);
}

void pair_weights(int blocks, int sources, int inner, float* weights) {
  const float* from = weights;  // always at or ahead of `to`
  Bf16Pair* to = as_pairs(weights);
  for (int block = 0; block < blocks; ++block)
    for (int s = 0; s < sources; s += 2) {
      const bool both = s + 1 < sources;
      for (int i = 0; i < inner; i += kWidth<float>) {
        const int rest = inner - i < kWidth<float> ? inner - i : kWidth<float>;
        const auto live = static_cast<__mmask16>((1u << rest) - 1);
        const __m512 first = _mm512_maskz_loadu_ps(live, from + i);
        const __m512 second =
            both ? _mm512_maskz_loadu_ps(live, from + inner + i) : _mm512_setzero_ps();
        _mm512_mask_storeu_epi32(to + i, live,
                                 (__m512i)pairs_of((Vec<float>)first, (Vec<float>)second));
      }
      from += (both ? 2 : 1) * static_cast<std::ptrdiff_t>(inner);
      to += inner;
    }
}

}  // namespace

const ConvKernels<float>& conv_kernels_float() {
  static constexpr ConvKernels<float> kTable = {
      kTile,         kWidth<float>,          gather_pairs,
      scatter_pairs, transpose_signal_pairs, weight_gradient_pairs,
      pair_weights};
  return kTable;
}

}  // namespace phaseloom::PHASELOOM_ISA
