// SPDX-License-Identifier: MIT
#pragma once
// The loops behind kernels.hpp over stages and tiles, only for files that are compiled per
// instruction set. What units send is held as elements E: numbers, or pairs of bfloat16 (bf16.hpp)
// of adjacent units, which halve the number of sources that a field is the sum of.

#include <string.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "engine/dynamics/kernels.hpp"
#include "engine/dynamics/noise_lanes.hpp"
#include "engine/dynamics/vector_math.hpp"
#include "engine/dynamics/weight_noise.hpp"
#include "engine/network/substrates/registry.hpp"
#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

// Registers: 32 of 64 bytes allow a tile of 4 rows x 2 channels x 2 vectors; 16 allow half of it.
// Of 4 channels with 16, some wait in the cache.
template <int Channels>
constexpr int kGroup = Channels == 1 || (Channels == 2 && PHASELOOM_VECTOR_BYTES == 64) ? 2 : 1;

/// Field accumulators of the rows of a tile, over a group of NV vectors of lanes.
template <class Real, int C, int NV>
struct Field {
  Vec<Real> v[kTileRows][C][NV] = {};
};

/// As many small integers as a vector has elements.
template <class Real>
inline Vec<Real> load_errors(const std::int8_t* p) {
  Vec<Real> out;
  for (int k = 0; k < kWidth<Real>; ++k) out[k] = p[k];
  return out;
}
#if defined(__SSE2__)
// GCC 12 turns the loop, and its own conversions of vectors, into scalar code.
template <>
inline Vec<float> load_errors<float>(const std::int8_t* p) {
#if PHASELOOM_VECTOR_BYTES == 64
  const __m128i bytes = _mm_load_si128(reinterpret_cast<const __m128i*>(p));
  return reinterpret_cast<Vec<float>>(
      _mm512_maskz_cvtepi32_ps(0xFFFF, _mm512_maskz_cvtepi8_epi32(0xFFFF, bytes)));
#elif PHASELOOM_VECTOR_BYTES == 32
  const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
  return reinterpret_cast<Vec<float>>(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)));
#else
  std::int32_t four;
  memcpy(&four, p, sizeof(four));
  __m128i v = _mm_cvtsi32_si128(four);
  v = _mm_unpacklo_epi8(v, v);
  v = _mm_srai_epi32(_mm_unpacklo_epi16(v, v), 24);
  return reinterpret_cast<Vec<float>>(_mm_cvtepi32_ps(v));
#endif
}
#endif

/// Walks along packed weights, and along their errors if there are any: w (1 / scale + error) then,
/// one product less than w + w scale error is. Who sums these up multiplies the sum by the scale;
/// errors that are lost in rounding are left out, so that 1 / scale stays finite.
template <class E, bool Noisy>
struct Weights {
  const E* w;
  const std::int8_t* errors = nullptr;  // of the first weight, from the first lane on
  std::int64_t apart = 0;               // from kNoiseLanes lanes to the next
  RealOf<E> inverse_scale = 0;

  template <int NV>
  inline __attribute__((always_inline)) void next(Vec<E> (&out)[NV]) {
#pragma GCC unroll 8
    for (int v = 0; v < NV; ++v) {
      out[v] = splat(*w);
      if constexpr (Noisy) {
        const int lane = v * kWidth<E>;
        out[v] *= load_errors<E>(errors + lane / kNoiseLanes * apart + lane % kNoiseLanes) +
                  inverse_scale;
      }
    }
    ++w;
    if constexpr (Noisy) errors += kNoiseLanes;
  }
};

/// Adds one source (or pair of sources) to the rows in Mask.
template <unsigned Mask, class E, int C, int NV, bool Noisy>
inline __attribute__((always_inline)) void tap(Field<RealOf<E>, C, NV>& field, const E* y,
                                               Weights<E, Noisy>& weights) {
  Vec<E> s[C][NV];
#pragma GCC unroll 8
  for (int c = 0; c < C; ++c)
#pragma GCC unroll 8
    for (int v = 0; v < NV; ++v) {
      s[c][v] = load(y + c * kLanes + v * kWidth<E>);
      if constexpr ((Mask & (Mask - 1)) != 0) keep_in_register(s[c][v]);
    }
#pragma GCC unroll 8
  for (int r = 0; r < kTileRows; ++r) {
    if (!(Mask >> r & 1)) continue;
    Vec<E> w[NV];
    weights.next(w);
#pragma GCC unroll 8
    for (int c = 0; c < C; ++c)
#pragma GCC unroll 8
      for (int v = 0; v < NV; ++v)
        field.v[r][c][v] = Element<E>::add_product(field.v[r][c][v], w[v], s[c][v]);
  }
}

/// field[row] = sum over sources of weight * y[source], for one tile and one group of lanes.
template <class E, int C, int NV, bool Noisy>
inline __attribute__((always_inline)) void tile_field(const Tiling& t, const Tile& tile, const E* y,
                                                      Weights<E, Noisy> weights,
                                                      Field<RealOf<E>, C, NV>& field) {
  constexpr bool pairs = Element<E>::kDepth == 2;
  constexpr int unit = C * kLanes;
  for (int r = tile.run_begin; r < tile.run_end; ++r) {
    const Run run = t.runs[static_cast<unsigned>(r)];
    const E* p = y + static_cast<std::int64_t>(run.source) * unit;
    if (pairs && run.up == 1) {
      tap<3>(field, p, weights);
      p += unit;
    } else if (pairs && run.up == 2) {
      tap<1>(field, p, weights);
      tap<7>(field, p + unit, weights);
      p += 2 * unit;
    } else if (run.up) {
      tap<1>(field, p, weights);
      tap<3>(field, p + unit, weights);
      tap<7>(field, p + 2 * unit, weights);
      p += 3 * unit;
    }
    for (int k = 0; k < run.full; ++k, p += unit) tap<15>(field, p, weights);
    if (pairs && run.down == 1) {
      tap<12>(field, p, weights);
    } else if (pairs && run.down == 2) {
      tap<14>(field, p, weights);
      tap<8>(field, p + unit, weights);
    } else if (run.down) {
      tap<14>(field, p, weights);
      tap<12>(field, p + unit, weights);
      tap<8>(field, p + 2 * unit, weights);
    }
  }
  if (tile.single_begin[0] == tile.single_begin[kTileRows]) return;
  const std::int32_t* singles = t.singles.data();
#pragma GCC unroll 4
  for (int r = 0; r < kTileRows; ++r) {
    Field<RealOf<E>, C, NV> even, odd;  // two chains hide the latency of dependent additions
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

/// The rows of the k-th tile, and the first row of the next one if that is complete, else 0.
struct TileRows {
  int first, count, next;
};
inline TileRows tile_rows(int units, std::size_t k) {
  const int first = static_cast<int>(k) * kTileRows, next = first + kTileRows;
  return {first, units < next ? units - first : kTileRows, next + kTileRows <= units ? next : 0};
}

/// Calls run(first row, run, its first packed weight) for each run, and single(row, source, packed
/// weight) for each coupling outside the runs.
template <class ForRun, class ForSingle>
inline void each_packed(const Tiling& t, ForRun run, ForSingle single) {
  for (const PlacedRun& placed : t.by_source)
    run(placed.first_row, t.runs[static_cast<std::size_t>(placed.run)], placed.weight_begin);
  for (std::size_t k = 0; k < t.tiles.size(); ++k) {
    const Tile& tile = t.tiles[k];
    std::int64_t position =
        tile.weight_begin + t.weights(k) - (tile.single_begin[kTileRows] - tile.single_begin[0]);
    for (int r = 0; r < kTileRows; ++r)
      for (int s = tile.single_begin[r]; s < tile.single_begin[r + 1]; ++s, ++position)
        single(static_cast<int>(k) * kTileRows + r, t.singles[static_cast<std::size_t>(s)],
               position);
  }
}

/// Asks for a tile's rows of an array before their turn: histories have left the nearer caches.
template <int Rows = kTileRows, class Real>
inline void fetch_tile(const Real* array, int first, int stride) {
  const Real* p = at(array, first, stride, 0);
  constexpr int line = 64 / static_cast<int>(sizeof(Real));
  for (int k = 0; k < Rows * stride; k += line) __builtin_prefetch(p + k, 0, 2);
}

/// Writes what units send, unit by unit: a pair is complete with its second unit, or with the last.
template <class E, int C, int NV>
struct Sender {
  using V = Vec<RealOf<E>>;
  V first[NV][C] = {};

  static Vec<E> pair(V a, V b) {
    const V both[] = {a, b};
    return Element<E>::from(both);
  }

  inline __attribute__((always_inline)) void put(E* array, int unit, int units, int v, int lane,
                                                 const V* sent) {
    constexpr int depth = Element<E>::kDepth;
    E* to = array + static_cast<std::int64_t>(unit / depth) * C * kLanes + lane;
    if constexpr (depth == 1) {
      for (int c = 0; c < C; ++c) store(to + c * kLanes, sent[c]);
    } else if (unit % 2 == 1) {
      for (int c = 0; c < C; ++c) store(to + c * kLanes, pair(first[v][c], sent[c]));
    } else if (unit + 1 == units) {
      for (int c = 0; c < C; ++c) store(to + c * kLanes, pair(sent[c], V{}));
    } else {
      for (int c = 0; c < C; ++c) first[v][c] = sent[c];
    }
  }
};

/// The loops for substrate S; what units send, and the weights, are elements E of one or two units.
template <class S, class E>
struct Implementation {
  using Real = RealOf<E>;
  using M = Math<Real>;
  using V = Vec<Real>;
  static constexpr int C = S::channels;
  static constexpr int P = static_cast<int>(sizeof(S::parameters) / sizeof(S::parameters[0]));
  static constexpr int W = kWidth<Real>;
  static constexpr int NV = kGroup<C>;
  static constexpr int kUnit = C * kLanes;
  static constexpr int kDepth = Element<E>::kDepth;

  static void load_parameters(const Real* parameters, int units, int unit, V* p) {
    for (int k = 0; k < P; ++k)
      p[k] = splat(parameters[static_cast<std::int64_t>(k) * units + unit]);
  }
  static const E* elements(const Real* array) { return reinterpret_cast<const E*>(array); }
  static E* elements(Real* array) { return reinterpret_cast<E*>(array); }
  static void load_channels(const Real* array, int unit, int lane, V* v) {
    for (int c = 0; c < C; ++c)
      v[c] = Element<E>::number(load(at(elements(array), unit / kDepth, kUnit, c * kLanes + lane)),
                                unit % kDepth);
  }

  static void encode(int units, const Real* x, Real* y) {
    Sender<E, C, kLanes / W> sender;
    for (int i = 0; i < units; ++i)
      for (int lane = 0; lane < kLanes; lane += W) {
        V out[C];
        S::template encode<M>(load(at(x, i, kLanes, lane)), out);
        sender.put(elements(y), i, units, lane / W, lane, out);
      }
  }

  template <bool Noisy>
  static void stage_of(const StageArguments<Real>& s) {
    const Tiling& t = *s.tiling;
    const int units = t.rows;
    for (std::size_t k = 0; k < t.tiles.size(); ++k) {
      const Tile& tile = t.tiles[k];
      const auto [first, rows, next] = tile_rows(units, k);
      if (next) {
        fetch_tile<kTileRows / kDepth>(s.y_out, next / kDepth, kUnit);
        if (s.slope_out) fetch_tile(s.slope_out, next, kLanes);
      }
      for (int group = 0; group < kLanes; group += NV * W) {
        Field<Real, C, NV> field;
        Sender<E, C, NV> sender;
        Weights<E, Noisy> weights{elements(s.weights) + tile.weight_begin};
        if constexpr (Noisy) {
          weights.errors = s.errors + error_at(t, k, 0, group, kNoiseLanes);
          weights.apart = t.weights(k) * kNoiseLanes;
          weights.inverse_scale = 1 / s.error_scale;
        }
        tile_field<E, C, NV, Noisy>(t, tile, elements(s.y) + group, weights, field);
#pragma GCC unroll 4
        for (int r = 0; r < kTileRows; ++r) {
          if (r >= rows) break;
          const int i = first + r;
          const bool held = i >= t.held_from;
          const Real a = held ? 0 : s.a, b = held ? 0 : s.b;
          V p[P];
          load_parameters(s.parameters, units, i, p);
#pragma GCC unroll 2
          for (int v = 0; v < NV; ++v) {
            const int lane = group + v * W;
            V x{}, y[C], f[C], out[C];
            if constexpr (S::reads_state) x = load(at(s.x, i, kLanes, lane));
            load_channels(s.y, i, lane, y);
            for (int c = 0; c < C; ++c) f[c] = field.v[r][c][v];
            if constexpr (Noisy)
              for (int c = 0; c < C; ++c) {
                f[c] *= s.error_scale;
                // Else the compiler joins this product to the next sum in one copy of the loop and
                // not in the other, and a sample would depend on its lane.
                if constexpr (NV > 1) keep_in_register(f[c]);
              }
            if (s.slope_out)
              store(at(s.slope_out, i, kLanes, lane), S::template slope<M>(x, y, f, p));
            V rate = S::template rate<M>(x, y, f, p);
            if (s.forcing) rate += load(at(s.forcing, i, kLanes, lane));
            x = load(at(s.sum_in, i, kLanes, lane)) + b * rate;
            if (!s.last) {
              if (s.sum_out) store(at(s.sum_out, i, kLanes, lane), x);
              x = load(at(s.base, i, kLanes, lane)) + a * rate;
            }
            if (s.x_out) store(at(s.x_out, i, kLanes, lane), x);
            S::template encode<M>(x, out);
            sender.put(elements(s.y_out), i, units, v, lane, out);
          }
        }
      }
    }
  }

  static void stage(const StageArguments<Real>& s) {
    // Errors that are lost in rounding would only make 1 / scale overflow.
    constexpr Real least = sizeof(Real) == 4 ? Real(0x1p-32) : Real(0x1p-61);
    if constexpr (kDepth == 1)
      if (s.errors && s.error_scale > least) return stage_of<true>(s);
    stage_of<false>(s);
  }

  static void start_pull(int units, const Real* y, const Real* upper, Real b, Real* lambda,
                         Real* g) {
    Sender<E, C, kLanes / W> sender;
    for (int i = 0; i < units; ++i)
      for (int lane = 0; lane < kLanes; lane += W) {
        V in[C], out[C];
        load_channels(y, i, lane, in);
        const V l = b * load(at(upper, i, kLanes, lane));
        store(at(lambda, i, kLanes, lane), l);
        S::template pull_field<M>(in, l, out);
        sender.put(elements(g), i, units, lane / W, lane, out);
      }
  }

  static void pull(const PullArguments<Real>& s) {
    const Tiling& t = *s.tiling;
    const int units = t.rows;
    for (std::size_t k = 0; k < t.tiles.size(); ++k) {
      const Tile& tile = t.tiles[k];
      const auto [first, rows, next] = tile_rows(units, k);
      if (next) {
        fetch_tile<kTileRows / kDepth>(s.y, next / kDepth, kUnit);
        fetch_tile(s.slope, next, kLanes);
        if (s.y_before) {
          fetch_tile<kTileRows / kDepth>(s.y_before, next / kDepth, kUnit);
          fetch_tile<kTileRows / kDepth>(s.g_out, next / kDepth, kUnit);
        }
      }
      V p_sums[kTileRows * kMaxUnitParameters] = {};
      for (int group = 0; group < kLanes; group += NV * W) {
        Field<Real, C, NV> pulled;
        Sender<E, C, NV> sender;
        tile_field<E, C, NV, false>(t, tile, elements(s.g) + group,
                                    {elements(s.weights) + tile.weight_begin}, pulled);
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
              sender.put(elements(s.g_out), i, units, v, lane, out);
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
};

}  // namespace
}  // namespace phaseloom::PHASELOOM_ISA
