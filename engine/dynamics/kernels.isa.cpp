#include "engine/dynamics/kernels.hpp"

#include "engine/dynamics/substrates/registry.hpp"
#include "engine/dynamics/vector_math.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

// Registers: 32 of 64 bytes allow a tile of 4 rows x 2 channels x 2 vectors; 16 allow half of it.
template <int Channels>
constexpr int kGroup = PHASELOOM_VECTOR_BYTES == 64 ? 2
                       : Channels == 2              ? 1
                                                    : 2;

/// Field accumulators of the rows of a tile, over a group of NV vectors of lanes.
template <class Real, int C, int NV>
struct Field {
  Vec<Real> v[kTileRows][C][NV] = {};
};

/// Small integers, one per element of Vec<Real>.
template <class Real>
struct Small;
template <>
struct Small<float> {
  typedef std::int8_t type __attribute__((vector_size(PHASELOOM_VECTOR_BYTES / 4), may_alias));
  typedef std::int16_t wider __attribute__((vector_size(PHASELOOM_VECTOR_BYTES / 2)));
  typedef std::int32_t widest __attribute__((vector_size(PHASELOOM_VECTOR_BYTES)));
};
template <>
struct Small<double> {
  typedef std::int8_t type __attribute__((vector_size(PHASELOOM_VECTOR_BYTES / 8), may_alias));
  typedef std::int16_t wider __attribute__((vector_size(PHASELOOM_VECTOR_BYTES / 4)));
  typedef std::int32_t widest __attribute__((vector_size(PHASELOOM_VECTOR_BYTES / 2)));
};

template <class Real>
inline Vec<Real> load_noise(const std::int8_t* p) {
  // Twice as wide each time: GCC 12 turns larger jumps into scalar code.
  const auto wider = __builtin_convertvector(
      *reinterpret_cast<const typename Small<Real>::type*>(p), typename Small<Real>::wider);
  const auto widest = __builtin_convertvector(wider, typename Small<Real>::widest);
  return __builtin_convertvector(widest, Vec<Real>);
}

/// Walks along packed weights, and along their noise if there is any.
template <class Real, bool Noisy>
struct Weights {
  const Real* w;
  const std::int8_t* noise;  // at the group's first lane
  Real scale;

  template <int NV>
  inline void next(Vec<Real> (&out)[NV]) {
    for (int v = 0; v < NV; ++v) {
      if constexpr (Noisy)
        out[v] = splat(*w) + (*w * scale) * load_noise<Real>(noise + v * kWidth<Real>);
      else
        out[v] = splat(*w);
    }
    ++w;
    if constexpr (Noisy) noise += kLanes;
  }
};

/// Adds one source to the rows in Mask.
template <unsigned Mask, class Real, int C, int NV, bool Noisy>
inline __attribute__((always_inline)) void tap(Field<Real, C, NV>& field, const Real* y,
                                               Weights<Real, Noisy>& weights) {
  Vec<Real> s[C][NV];
#pragma GCC unroll 8
  for (int c = 0; c < C; ++c)
#pragma GCC unroll 8
    for (int v = 0; v < NV; ++v) {
      s[c][v] = load(y + c * kLanes + v * kWidth<Real>);
      if constexpr ((Mask & (Mask - 1)) != 0) keep_in_register(s[c][v]);
    }
#pragma GCC unroll 8
  for (int r = 0; r < kTileRows; ++r) {
    if (!(Mask >> r & 1)) continue;
    Vec<Real> w[NV];
    weights.next(w);
#pragma GCC unroll 8
    for (int c = 0; c < C; ++c)
#pragma GCC unroll 8
      for (int v = 0; v < NV; ++v) field.v[r][c][v] += w[v] * s[c][v];
  }
}

/// field[row] = sum over sources of weight * y[source], for one tile and one group of lanes.
template <class Real, int C, int NV, bool Noisy>
inline __attribute__((always_inline)) void tile_field(const Tiling& t, const Tile& tile,
                                                      const Real* y, Weights<Real, Noisy> weights,
                                                      Field<Real, C, NV>& field) {
  constexpr int unit = C * kLanes;
  for (int r = tile.run_begin; r < tile.run_end; ++r) {
    const Run run = t.runs[static_cast<unsigned>(r)];
    const Real* p = y + static_cast<std::int64_t>(run.source) * unit;
    if (run.up) {
      tap<1>(field, p, weights);
      tap<3>(field, p + unit, weights);
      tap<7>(field, p + 2 * unit, weights);
      p += 3 * unit;
    }
    for (int k = 0; k < run.full; ++k, p += unit) tap<15>(field, p, weights);
    if (run.down) {
      tap<14>(field, p, weights);
      tap<12>(field, p + unit, weights);
      tap<8>(field, p + 2 * unit, weights);
    }
  }
  if (tile.single_begin[0] == tile.single_begin[kTileRows]) return;
  const std::int32_t* singles = t.singles.data();
#pragma GCC unroll 4
  for (int r = 0; r < kTileRows; ++r) {
    Field<Real, C, NV> even, odd;  // two chains hide the latency of dependent additions
    int k = tile.single_begin[r];
    for (; k + 1 < tile.single_begin[r + 1]; k += 2) {
      tap<1>(even, y + static_cast<std::int64_t>(singles[k]) * unit, weights);
      tap<1>(odd, y + static_cast<std::int64_t>(singles[k + 1]) * unit, weights);
    }
    if (k < tile.single_begin[r + 1])
      tap<1>(even, y + static_cast<std::int64_t>(singles[k]) * unit, weights);
    for (int c = 0; c < C; ++c)
      for (int v = 0; v < NV; ++v) field.v[r][c][v] += even.v[0][c][v] + odd.v[0][c][v];
  }
}

template <class Real>
inline const Real* at(const Real* array, int unit, int stride, int lane) {
  return array + static_cast<std::int64_t>(unit) * stride + lane;
}
template <class Real>
inline Real* at(Real* array, int unit, int stride, int lane) {
  return array + static_cast<std::int64_t>(unit) * stride + lane;
}

/// Asks for a tile's rows of an array before their turn: histories have left the nearer caches.
template <class Real>
inline void fetch_tile(const Real* array, int first, int stride) {
  const Real* p = at(array, first, stride, 0);
  constexpr int line = 64 / static_cast<int>(sizeof(Real));
  for (int k = 0; k < kTileRows * stride; k += line) __builtin_prefetch(p + k, 0, 2);
}

template <class S, class Real>
struct Implementation {
  using M = Math<Real>;
  using V = Vec<Real>;
  static constexpr int C = S::channels;
  static constexpr int P = static_cast<int>(sizeof(S::parameters) / sizeof(S::parameters[0]));
  static constexpr int W = kWidth<Real>;
  static constexpr int NV = kGroup<C>;
  static constexpr int kUnit = C * kLanes;

  static void load_parameters(const Real* parameters, int units, int unit, V* p) {
    for (int k = 0; k < P; ++k)
      p[k] = splat(parameters[static_cast<std::int64_t>(k) * units + unit]);
  }
  static void load_channels(const Real* array, int unit, int lane, V* v) {
    for (int c = 0; c < C; ++c) v[c] = load(at(array, unit, kUnit, c * kLanes + lane));
  }
  static void store_channels(Real* array, int unit, int lane, const V* v) {
    for (int c = 0; c < C; ++c) store(at(array, unit, kUnit, c * kLanes + lane), v[c]);
  }

  static void encode(int units, const Real* x, Real* y) {
    for (int i = 0; i < units; ++i)
      for (int lane = 0; lane < kLanes; lane += W) {
        V out[C];
        S::template encode<M>(load(at(x, i, kLanes, lane)), out);
        store_channels(y, i, lane, out);
      }
  }

  template <bool Noisy>
  static void stage_of(const StageArguments<Real>& s) {
    const Tiling& t = *s.tiling;
    const int units = t.rows;
    for (std::size_t k = 0; k < t.tiles.size(); ++k) {
      const Tile& tile = t.tiles[k];
      const int first = static_cast<int>(k) * kTileRows;
      const int rows = units - first < kTileRows ? units - first : kTileRows;
      if (const int next = first + kTileRows; next + kTileRows <= units) {
        fetch_tile(s.y_out, next, kUnit);
        if (s.slope_out) fetch_tile(s.slope_out, next, kLanes);
      }
      for (int group = 0; group < kLanes; group += NV * W) {
        Field<Real, C, NV> field;
        const std::int8_t* noise = Noisy ? s.noise + tile.weight_begin * kLanes + group : nullptr;
        tile_field<Real, C, NV, Noisy>(
            t, tile, s.y + group, {s.weights + tile.weight_begin, noise, s.noise_scale}, field);
#pragma GCC unroll 4
        for (int r = 0; r < kTileRows; ++r) {
          if (r >= rows) break;
          const int i = first + r;
          V p[P];
          load_parameters(s.parameters, units, i, p);
#pragma GCC unroll 2
          for (int v = 0; v < NV; ++v) {
            const int lane = group + v * W;
            V x{}, y[C], f[C], out[C];
            if constexpr (S::reads_state) x = load(at(s.x, i, kLanes, lane));
            load_channels(s.y, i, lane, y);
            for (int c = 0; c < C; ++c) f[c] = field.v[r][c][v];
            if (s.slope_out)
              store(at(s.slope_out, i, kLanes, lane), S::template slope<M>(x, y, f, p));
            V rate = S::template rate<M>(x, y, f, p);
            if (s.forcing) rate += load(at(s.forcing, i, kLanes, lane));
            x = load(at(s.sum_in, i, kLanes, lane)) + s.b * rate;
            if (!s.last) {
              if (s.sum_out) store(at(s.sum_out, i, kLanes, lane), x);
              x = load(at(s.base, i, kLanes, lane)) + s.a * rate;
            }
            if (s.x_out) store(at(s.x_out, i, kLanes, lane), x);
            S::template encode<M>(x, out);
            store_channels(s.y_out, i, lane, out);
          }
        }
      }
    }
  }

  static void stage(const StageArguments<Real>& s) {
    if (s.noise)
      stage_of<true>(s);
    else
      stage_of<false>(s);
  }

  static void start_pull(int units, const Real* y, const Real* upper, Real b, Real* lambda,
                         Real* g) {
    for (int i = 0; i < units; ++i)
      for (int lane = 0; lane < kLanes; lane += W) {
        V in[C], out[C];
        load_channels(y, i, lane, in);
        const V l = b * load(at(upper, i, kLanes, lane));
        store(at(lambda, i, kLanes, lane), l);
        S::template pull_field<M>(in, l, out);
        store_channels(g, i, lane, out);
      }
  }

  static void pull(const PullArguments<Real>& s) {
    const Tiling& t = *s.tiling;
    const int units = t.rows;
    for (std::size_t k = 0; k < t.tiles.size(); ++k) {
      const Tile& tile = t.tiles[k];
      const int first = static_cast<int>(k) * kTileRows;
      const int rows = units - first < kTileRows ? units - first : kTileRows;
      if (const int next = first + kTileRows; next + kTileRows <= units) {
        fetch_tile(s.y, next, kUnit);
        fetch_tile(s.slope, next, kLanes);
        if (s.y_before) {
          fetch_tile(s.y_before, next, kUnit);
          fetch_tile(s.g_out, next, kUnit);
        }
      }
      V p_sums[kTileRows * kMaxUnitParameters] = {};
      for (int group = 0; group < kLanes; group += NV * W) {
        Field<Real, C, NV> pulled;
        tile_field<Real, C, NV, false>(t, tile, s.g + group,
                                       {s.weights + tile.weight_begin, nullptr, 0}, pulled);
#pragma GCC unroll 4
        for (int r = 0; r < kTileRows; ++r) {
          if (r >= rows) break;
          const int i = first + r;
#pragma GCC unroll 2
          for (int v = 0; v < NV; ++v) {
            const int lane = group + v * W;
            V y[C], h[C], p_bar[P];
            load_channels(s.y, i, lane, y);
            for (int c = 0; c < C; ++c) h[c] = pulled.v[r][c][v];
            const V lambda = load(at(s.lambda, i, kLanes, lane));
            const V total =
                lambda * load(at(s.slope, i, kLanes, lane)) + S::template pull_encode<M>(y, h);
            S::template pull_parameters<M>(y, lambda, p_bar);
            for (int q = 0; q < P; ++q) p_sums[r * kMaxUnitParameters + q] += p_bar[q];
            const V sum = load(at(s.sum_in, i, kLanes, lane)) + total;
            store(at(s.sum_out, i, kLanes, lane), sum);
            if (s.y_before) {
              const V upper = s.upper ? load(at(s.upper, i, kLanes, lane)) : sum;
              const V before = s.b * upper + s.a * total;
              store(at(s.lambda_out, i, kLanes, lane), before);
              V out[C];
              load_channels(s.y_before, i, lane, y);
              S::template pull_field<M>(y, before, out);
              store_channels(s.g_out, i, lane, out);
            }
          }
        }
      }
      alignas(PHASELOOM_VECTOR_BYTES) Real sums[kTileRows * kMaxUnitParameters];
      sum_each(p_sums, sums);
      Real* out = s.parameter_sums + static_cast<std::int64_t>(first) * kMaxUnitParameters;
      for (int q = 0; q < kTileRows * kMaxUnitParameters; ++q) out[q] += sums[q];
    }
  }

  // Weight gradients: dL/dW_ij = sum over stages, channels and lanes of g_i y_j, long dot products.
  // A group of couplings (rows of a tile x some sources) keeps its accumulators in registers.

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
    const Tiling& t = *a.tiling;
    for (const PlacedRun& placed : t.by_source)
      run_gradient(a, placed.first_row, t.runs[static_cast<std::size_t>(placed.run)],
                   placed.weight_begin);
    for (std::size_t k = 0; k < t.tiles.size(); ++k) {
      const Tile& tile = t.tiles[k];
      const std::int64_t end = k + 1 < t.tiles.size() ? t.tiles[k + 1].weight_begin : t.packed();
      std::int64_t p = end - (tile.single_begin[kTileRows] - tile.single_begin[0]);
      for (int r = 0; r < kTileRows; ++r)
        for (int s = tile.single_begin[r]; s < tile.single_begin[r + 1]; ++s, ++p)
          gradient_group<1, 1>(a, static_cast<int>(k) * kTileRows + r,
                               {t.singles[static_cast<std::size_t>(s)], p});
    }
  }

  static void pack(const Tiling& t, const Real* weights, Real* packed) {
    const std::int32_t none = static_cast<std::int32_t>(t.couplings);
    const std::int32_t* coupling = t.coupling.data();
    const std::int64_t n = t.packed();
    for (std::int64_t i = 0; i < n; ++i)
      packed[i] = coupling[i] == none ? Real(0) : weights[coupling[i]];
  }

  static constexpr Kernels<Real> table{S::reads_state, encode,          stage, start_pull,
                                       pull,           weight_gradient, pack};
};

#define PHASELOOM_ENTRY(Type) &Implementation<Type, Real>::table,
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
