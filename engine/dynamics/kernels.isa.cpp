// SPDX-License-Identifier: MIT
#include "engine/dynamics/kernels.hpp"

#include "engine/dynamics/kernel_loops.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

// Weight gradients: dL/dW_ij = sum over stages, channels and lanes of g_i y_j, long dot products.
// A group of couplings (rows of a tile x some sources) keeps its accumulators in registers.
template <class Real, int C>
struct Gradient {
  using V = Vec<Real>;
  static constexpr int W = kWidth<Real>;
  static constexpr int kUnit = C * kLanes;

  /// Consecutive sources, and the packed couplings that they are heard through.
  struct Place {
    int source;
    std::int64_t position;
  };

  /// Dot products of the rows in Masks[k] with the k-th source: the first Near of them begin at
  /// `near`, the others at `far`.
  template <int Near, unsigned... Masks>
  static inline __attribute__((always_inline)) void gradient_group(const GradientArguments<Real>& a,
                                                                   int first, Place near,
                                                                   Place far = {}) {
    constexpr unsigned masks[] = {Masks...};
    constexpr int sources = sizeof...(Masks);
    constexpr int count = (__builtin_popcount(Masks) + ...);
    constexpr int padded = count <= 4 ? 4 : count <= 8 ? 8 : 16;
    V sums[padded];
#pragma GCC unroll 16
    for (int n = 0; n < padded; ++n) sums[n] = V{};
    const Real* g = a.g + static_cast<std::int64_t>(first) * kUnit;
    const Real* heard_near = a.y + static_cast<std::int64_t>(near.source) * kUnit;
    const Real* heard_far = a.y + static_cast<std::int64_t>(far.source) * kUnit;
    for (int stage = 0; stage < a.stages; ++stage) {
#pragma GCC unroll 1
      for (int v = 0; v < kUnit; v += W) {
        V rows[kTileRows];
#pragma GCC unroll 4
        for (int r = 0; r < kTileRows; ++r)
          if ((Masks | ...) >> r & 1) {
            rows[r] = load(g + r * kUnit + v);
            keep_in_register(rows[r]);
          }
        int n = 0;
#pragma GCC unroll 6
        for (int s = 0; s < sources; ++s) {
          V heard = load((s < Near ? heard_near + s * kUnit : heard_far + (s - Near) * kUnit) + v);
          keep_in_register(heard);
#pragma GCC unroll 4
          for (int r = 0; r < kTileRows; ++r)
            if (masks[s] >> r & 1) sums[n++] += rows[r] * heard;
        }
      }
      g += a.stride;
      heard_near += a.stride;
      heard_far += a.stride;
    }
    alignas(PHASELOOM_VECTOR_BYTES) Real out[padded > W ? padded : W];
    sum_each(sums, out);
    const std::int32_t* coupling = a.tiling->coupling.data() + near.position;
    int n = 0;
    for (int s = 0; s < sources; ++s) {
      if (s == Near) coupling = a.tiling->coupling.data() + far.position - n;
      for (int k = 0; k < __builtin_popcount(masks[s]); ++k, ++n) a.gradient[coupling[n]] = out[n];
    }
  }

  static void run_gradient(const GradientArguments<Real>& a, int first, const Run& run,
                           std::int64_t p) {
    constexpr bool wide = PHASELOOM_VECTOR_BYTES == 64;  // registers for 16 accumulators
    int s = run.source;
    int full = run.full;
    const Place up{s, p};
    const Place down{s + 3 * run.up + full, p + 6 * run.up + kTileRows * full};
    if (wide && run.up && run.down) {
      gradient_group<3, 1, 3, 7, 14, 12, 8>(a, first, up, down);
    } else {
      if (run.up) gradient_group<3, 1, 3, 7>(a, first, up);
      if (run.down) gradient_group<3, 14, 12, 8>(a, first, down);
    }
    s += 3 * run.up;
    p += 6 * run.up;
    for (; wide && full >= 4; full -= 4, s += 4, p += 16)
      gradient_group<4, 15, 15, 15, 15>(a, first, {s, p});
    for (; full >= 2; full -= 2, s += 2, p += 8) gradient_group<2, 15, 15>(a, first, {s, p});
    for (; full >= 1; --full, ++s, p += 4) gradient_group<1, 15>(a, first, {s, p});
  }

  static void weight_gradient(const GradientArguments<Real>& a) {
    each_packed(
        *a.tiling,
        [&](int row, const Run& run, std::int64_t position) {
          run_gradient(a, row, run, position);
        },
        [&](int row, std::int32_t source, std::int64_t position) {
          gradient_group<1, 1>(a, row, {source, position});
        });
  }
};

template <class Real>
void pack(const Tiling& t, const Real* weights, Real* packed) {
  const std::int32_t none = static_cast<std::int32_t>(t.couplings);
  const std::int32_t* coupling = t.coupling.data();
  const std::int64_t n = t.packed();
  for (std::int64_t i = 0; i < n; ++i)
    packed[i] = coupling[i] == none ? Real(0) : weights[coupling[i]];
}

template <class S, class Real, class I = Implementation<S, Real>>
constexpr Kernels<Real> kTable{
    S::reads_state, false,         kNoiseLanes, I::encode,
    I::stage,       I::start_pull, I::pull,     Gradient<Real, S::channels>::weight_gradient,
    pack<Real>};

#define PHASELOOM_ENTRY(Type) &kTable<Type, Real>,
template <class Real>
constexpr const Kernels<Real>* kTables[] = {PHASELOOM_SUBSTRATES(PHASELOOM_ENTRY)};
#undef PHASELOOM_ENTRY

}  // namespace

template <class Real>
const Kernels<Real>& kernels_of(Substrate substrate) {
  return *kTables<Real>[static_cast<int>(substrate)];
}

template const Kernels<float>& kernels_of(Substrate);
template const Kernels<double>& kernels_of(Substrate);

}  // namespace phaseloom::PHASELOOM_ISA
