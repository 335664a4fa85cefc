// SPDX-License-Identifier: MIT
// The network's loops with products of bfloat16 and sums of float32; see pair_kernels.

#include "engine/dynamics/kernels.hpp"
#include "engine/dynamics/kernel_loops.hpp"
#include "engine/support/bf16.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

#define INLINE static inline __attribute__((always_inline))

/// Weight gradients as in kernels.isa.cpp. There the sums run over lanes, so two vectors of pairs
/// of units are taken apart into one vector of either unit.
template <int C>
struct PairGradient {
  static constexpr int kUnit = C * kLanes;
  using Pairs = Vec<Bf16Pair>;

  /// Consecutive pairs of sources, and the packed couplings that they are heard through.
  struct Place {
    int pair;
    std::int64_t position;
  };

  INLINE const Bf16Pair* at(const float* array, int pair) {
    return reinterpret_cast<const Bf16Pair*>(array) + static_cast<std::int64_t>(pair) * kUnit;
  }

  /// of[k] = the k-th unit of a pair in all lanes of one channel: (lane l, lane l + 16) for every
  /// l. A masked shuffle each, as permutations of words from two registers take twice as long.
  INLINE void split(const Bf16Pair* p, Pairs* of) {
    static_assert(kLanes == 2 * kWidth<Bf16Pair>);
    constexpr __mmask64 first = 0x3333333333333333, second = ~first;  // bytes of a pair's halves
    const __m512i swap = _mm512_set4_epi32(0x0d0c0f0e, 0x09080b0a, 0x05040706, 0x01000302);
    Pairs near = load(p), far = load(p + kWidth<Bf16Pair>);
    keep_in_register(near);
    keep_in_register(far);
    of[0] = (Pairs)_mm512_mask_shuffle_epi8((__m512i)near, second, (__m512i)far, swap);
    of[1] = (Pairs)_mm512_mask_shuffle_epi8((__m512i)far, first, (__m512i)near, swap);
  }

  /// Asks for what a group needs at its end: runs are not visited in the order of their weights.
  INLINE void fetch_coupling(const GradientArguments<float>& a, Place place) {
    const std::int32_t* coupling = a.tiling->coupling.data() + 2 * place.position;
    __builtin_prefetch(coupling);
    __builtin_prefetch(coupling + 15);
  }

  /// Dot products of rows with the sources of pairs: the rows in Masks[2k] hear the first of the
  /// k-th pair, those in Masks[2k + 1] the second. The first Near pairs begin at `near`, the others
  /// at `far`.
  template <int Near, unsigned... Masks>
  INLINE void group(const GradientArguments<float>& a, int first, Place near, Place far = {}) {
    constexpr unsigned masks[] = {Masks...};
    constexpr int pairs = sizeof...(Masks) / 2;
    constexpr int count = (__builtin_popcount(Masks) + ...);
    constexpr int padded = count <= 4 ? 4 : count <= 8 ? 8 : 16;
    Vec<float> sums[padded] = {};
    fetch_coupling(a, near);
    if (Near < pairs) fetch_coupling(a, far);
    const Bf16Pair* g = at(a.g, first / 2);
    const Bf16Pair* heard_near = at(a.y, near.pair);
    const Bf16Pair* heard_far = at(a.y, far.pair);
    for (int stage = 0; stage < a.stages; ++stage) {
#pragma GCC unroll 1
      for (int v = 0; v < kUnit; v += kLanes) {
        Pairs rows[kTileRows];
        if constexpr (((Masks | ...) & 3) != 0) split(g + v, rows);
        if constexpr (((Masks | ...) & 12) != 0) split(g + kUnit + v, rows + 2);
        int n = 0;
#pragma GCC unroll 4
        for (int k = 0; k < pairs; ++k) {
          Pairs heard[2];
          split((k < Near ? heard_near + k * kUnit : heard_far + (k - Near) * kUnit) + v, heard);
#pragma GCC unroll 8
          for (int i = 0; i < 2 * kTileRows; ++i) {
            const int half = i / kTileRows, r = i % kTileRows;
            if (!(masks[2 * k + half] >> r & 1)) continue;
            sums[n] = Element<Bf16Pair>::add_product(sums[n], rows[r], heard[half]);
            ++n;
          }
        }
      }
      g += a.stride;
      heard_near += a.stride;
      heard_far += a.stride;
    }
    alignas(PHASELOOM_VECTOR_BYTES) float out[padded > kWidth<float> ? padded : kWidth<float>];
    sum_each(sums, out);
    std::int64_t position = near.position;
    int n = 0;
#pragma GCC unroll 4
    for (int k = 0; k < pairs; ++k) {
      if (k == Near) position = far.position;
      const unsigned heard_by = masks[2 * k] | masks[2 * k + 1];
#pragma GCC unroll 2
      for (int half = 0; half < 2; ++half) {
        const std::int32_t* coupling = a.tiling->coupling.data() + 2 * position + half;
#pragma GCC unroll 4
        for (int r = 0; r < kTileRows; ++r) {
          if (!(heard_by >> r & 1)) continue;
          if (masks[2 * k + half] >> r & 1) a.gradient[*coupling] = out[n++];
          coupling += 2;
        }
      }
      position += __builtin_popcount(heard_by);
    }
  }

  static void run_gradient(const GradientArguments<float>& a, int first, const Run& run,
                           std::int64_t position) {
    constexpr int weights[] = {0, 2, 4};  // of the ramps
    const Place up{run.source, position};
    Place full{run.source + run.up, position + weights[run.up]};
    const Place down{full.pair + run.full, full.position + std::int64_t{kTileRows} * run.full};
    switch (3 * run.up + run.down) {
      case 1:
        group<1, 12, 8>(a, first, down);
        break;
      case 2:
        group<2, 14, 12, 8, 0>(a, first, down);
        break;
      case 3:
        group<1, 1, 3>(a, first, up);
        break;
      case 4:
        group<1, 1, 3, 12, 8>(a, first, up, down);
        break;
      case 5:
        group<1, 1, 3, 14, 12, 8, 0>(a, first, up, down);
        break;
      case 6:
        group<2, 0, 1, 3, 7>(a, first, up);
        break;
      case 7:
        group<2, 0, 1, 3, 7, 12, 8>(a, first, up, down);
        break;
      case 8:
        group<2, 0, 1, 3, 7, 14, 12, 8, 0>(a, first, up, down);
        break;
      default:
        break;
    }
    int left = run.full;
    for (; left >= 2; left -= 2, full.pair += 2, full.position += 2 * kTileRows)
      group<2, 15, 15, 15, 15>(a, first, full);
    if (left > 0) group<1, 15, 15>(a, first, full);
  }

  /// One row and one pair of sources.
  static void single_gradient(const GradientArguments<float>& a, int row, Place place) {
    Vec<float> sums[2] = {};
    const Bf16Pair* g = at(a.g, row / 2);
    const Bf16Pair* y = at(a.y, place.pair);
    for (int stage = 0; stage < a.stages; ++stage, g += a.stride, y += a.stride)
      for (int v = 0; v < kUnit; v += kLanes) {
        Pairs rows[2], heard[2];
        split(g + v, rows);
        split(y + v, heard);
        for (int half = 0; half < 2; ++half)
          sums[half] = Element<Bf16Pair>::add_product(sums[half], rows[row % 2], heard[half]);
      }
    const std::int32_t* coupling = a.tiling->coupling.data() + 2 * place.position;
    for (int half = 0; half < 2; ++half) a.gradient[coupling[half]] = sum<float>(sums[half]);
  }

  static void weight_gradient(const GradientArguments<float>& a) {
    each_packed(
        *a.tiling,
        [&](int row, const Run& run, std::int64_t position) {
          run_gradient(a, row, run, position);
        },
        [&](int row, std::int32_t pair, std::int64_t position) {
          single_gradient(a, row, {pair, position});
        });
  }
};

/// weights[coupling[i]] for the lanes in `live`, 0 in the others and for filled-in places.
__m512 gather_weights(const float* weights, const std::int32_t* coupling, __mmask16 live,
                      __m512i none) {
  const __m512i index = _mm512_mask_loadu_epi32(none, live, coupling);
  return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), _mm512_cmpneq_epi32_mask(index, none), index,
                                  weights, sizeof(float));
}

void pack(const Tiling& t, const float* weights, float* packed) {
  constexpr std::int64_t w = kWidth<float>;
  const __m512i none = _mm512_set1_epi32(static_cast<std::int32_t>(t.couplings));
  const auto first = [](std::int64_t n) {  // mask of the first n lanes
    return static_cast<__mmask16>(n >= w ? 0xffff : n <= 0 ? 0 : (1 << n) - 1);
  };
  const std::int32_t* coupling = t.coupling.data();
  for (std::int64_t left = t.packed(); left > 0; left -= w, coupling += 2 * w, packed += w) {
    const __m512 low = gather_weights(weights, coupling, first(2 * left), none);
    const __m512 high = gather_weights(weights, coupling + w, first(2 * left - w), none);
    _mm512_mask_storeu_epi32(packed, first(left),
                             (__m512i)consecutive_pairs((Vec<float>)low, (Vec<float>)high));
  }
}

template <class S, class I = Implementation<S, Bf16Pair>>
constexpr Kernels<float> kTable{S::reads_state,
                                true,
                                kNoiseLanes,
                                I::encode,
                                I::stage,
                                I::start_pull,
                                I::pull,
                                PairGradient<S::channels>::weight_gradient,
                                pack};

#define PHASELOOM_ENTRY(Type) &kTable<Type>,
constexpr const Kernels<float>* kTables[] = {PHASELOOM_SUBSTRATES(PHASELOOM_ENTRY)};
#undef PHASELOOM_ENTRY

}  // namespace

const Kernels<float>& kernels_of(Substrate substrate) {
  return *kTables[static_cast<int>(substrate)];
}

}  // namespace phaseloom::PHASELOOM_ISA
