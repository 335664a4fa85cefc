// SPDX-License-Identifier: MIT
#pragma once
// The loops behind conv_kernels.hpp, only for files that are compiled per instruction set. They run
// over elements E: numbers, or pairs of bfloat16 (bf16.hpp), which halve the number of elements
// that a sum runs over: pairs of channels where whole images are filtered, of lanes where sums run
// over lanes.

#include <cstddef>
#include <utility>

#include "engine/neural/conv_kernels.hpp"
#include "engine/support/lanes.hpp"
#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

template <class E>
using SumOf = Vec<RealOf<E>>;

#define UNROLL _Pragma("GCC unroll 16")
#define INLINE inline __attribute__((always_inline))

// Register tiles: 16 accumulators of 32 registers with AVX-512, 8 of 16 elsewhere.
constexpr int kTile = PHASELOOM_VECTOR_BYTES == 64 ? 8 : 4;
constexpr int kVectors = 2;

constexpr std::ptrdiff_t lanes(int pixels) { return std::ptrdiff_t{pixels} * kLanes; }

template <class Real>
INLINE Vec<Real> gated(Vec<Real> value, Vec<Real> sign, Real leak) {
  return sign > splat(Real{0}) ? value : value * leak;
}

/// One tap for a whole tile: acc[i] += weights[i] * source.
template <class E>
INLINE void add_tap(const E* source, const E* weights, SumOf<E> (&acc)[kTile][kVectors]) {
  Vec<E> s[kVectors];
  UNROLL for (int v = 0; v < kVectors; ++v) s[v] = load(source + v * kWidth<E>);
  UNROLL for (int i = 0; i < kTile; ++i) {
    const Vec<E> w = splat(weights[i]);
    UNROLL for (int v = 0; v < kVectors; ++v) acc[i][v] =
        Element<E>::add_product(acc[i][v], w, s[v]);
  }
}

/// Where the sums of one target position read; the weights are those of its tile.
template <class E>
struct Window {
  const E* source;  // first tap, first lane
  const E* weights;
  std::ptrdiff_t source_column, source_row, source_channel;  // strides
  std::ptrdiff_t weight_column, weight_row, weight_channel;
  int channels, rows, columns;
};

/// A known number of columns lets the compiler unroll: two or three taps are too few for a loop.
template <int kColumns, class E>
INLINE void add_window(const Window<E>& window, SumOf<E> (&acc)[kTile][kVectors]) {
  const int columns = kColumns > 0 ? kColumns : window.columns;
  const E* channel_source = window.source;
  const E* channel_weights = window.weights;
  for (int c = 0; c < window.channels; ++c) {
    const E* row_source = channel_source;
    const E* row_weights = channel_weights;
    for (int r = 0; r < window.rows; ++r) {
      const E* s = row_source;
      const E* w = row_weights;
      UNROLL for (int t = 0; t < columns; ++t) {
        add_tap(s, w, acc);
        s += window.source_column;
        w += window.weight_column;
      }
      row_source += window.source_row;
      row_weights += window.weight_row;
    }
    channel_source += window.source_channel;
    channel_weights += window.weight_channel;
  }
}

/// One tile of channels at one position, for kVectors vectors of lanes from `lane` on.
template <int kColumns, class E>
void gather_position(const GatherJob<RealOf<E>>& job, const Window<E>& window, int tile,
                     int position, int lane) {
  using Real = RealOf<E>;
  Vec<Real> acc[kTile][kVectors];
  UNROLL for (int i = 0; i < kTile; ++i) {
    const Real b = job.bias ? job.bias[tile * kTile + i] : Real{0};
    UNROLL for (int v = 0; v < kVectors; ++v) acc[i][v] = splat(b);
  }
  add_window<kColumns>(window, acc);
  const int live = job.channels - tile * kTile;
  const int plane = job.height * job.width;
  UNROLL for (int i = 0; i < kTile; ++i) {
    if (i >= live) break;
    const std::ptrdiff_t at = lanes((tile * kTile + i) * plane + position) + lane;
    UNROLL for (int v = 0; v < kVectors; ++v) {
      Vec<Real> value = acc[i][v];
      if (job.gate == Gate::own_sign)
        value = gated(value, value, job.leak);
      else if (job.gate == Gate::other)
        value = gated(value, load(job.other + at + v * kWidth<Real>), job.leak);
      store(job.target + at + v * kWidth<Real>, value);
    }
  }
}

/// The job with its source and weights as elements of kDepth source channels each.
template <class E>
void gather(const GatherJob<RealOf<E>>& job, const E* source, const E* weights) {
  constexpr int kDepth = Element<E>::kDepth;
  const int tiles = (job.channels + kTile - 1) / kTile;
  Window<E> window;
  window.channels = (job.source_channels + kDepth - 1) / kDepth;
  window.source_column = lanes(job.source_step);
  window.source_row = lanes(job.source_step * job.source_width);
  window.source_channel = lanes(job.source_plane);
  window.weight_column = job.kernel_step * kTile;
  window.weight_row = window.weight_column * job.kernel;
  window.weight_channel = job.kernel * job.kernel * kTile;
  for (int tile = 0; tile < tiles; ++tile)
    for (int y = 0; y < job.height; ++y)
      for (int x = 0; x < job.width; ++x) {
        const TapRange row = job.rows[y], column = job.columns[x];
        window.rows = row.count;
        window.columns = column.count;
        window.weights = weights + tile * window.channels * window.weight_channel +
                         (row.kernel * job.kernel + column.kernel) * kTile;
        const auto position = column.count == 1   ? gather_position<1, E>
                              : column.count == 2 ? gather_position<2, E>
                              : column.count == 3 ? gather_position<3, E>
                              : column.count == 4 ? gather_position<4, E>
                              : column.count == 5 ? gather_position<5, E>
                                                  : gather_position<0, E>;
        for (int lane = 0; lane < kLanes; lane += kVectors * kWidth<E>) {
          window.source = source + lanes(row.source * job.source_width + column.source) + lane;
          position(job, window, tile, y * job.width + x, lane);
        }
      }
}

template <class E>
void scatter(const ConvGeometry& g, const E* weights, const E* signal, RealOf<E>* d_input) {
  using Real = RealOf<E>;
  const int sources = (g.out_channels + Element<E>::kDepth - 1) / Element<E>::kDepth;
  constexpr int kStep = kVectors * kWidth<Real>;
  const int parts = (g.kernel + kScatterTaps - 1) / kScatterTaps;
  for (std::ptrdiff_t i = 0; i < lanes(g.in_channels * g.in_plane()); i += kWidth<Real>)
    store(d_input + i, splat(Real{0}));
  for (int c = 0; c < g.in_channels; ++c)
    for (int oy = 0; oy < g.out_height; ++oy)
      for (int ky = 0; ky < g.kernel; ++ky) {
        const int iy = oy * g.stride - g.padding + ky;
        if (iy < 0 || iy >= g.in_height) continue;
        Real* target = d_input + lanes((c * g.in_height + iy) * g.in_width);
        for (int part = 0; part < parts; ++part) {
          const E* w0 =
              weights + std::ptrdiff_t{(c * g.kernel + ky) * parts + part} * sources * kScatterTaps;
          for (int ox = 0; ox < g.out_width; ++ox)
            for (int lane = 0; lane < kLanes; lane += kStep) {
              Vec<Real> acc[kScatterTaps][kVectors] = {};
              const E* s = signal + lanes(oy * g.out_width + ox) + lane;
              const E* w = w0;
              for (int o = 0; o < sources; ++o) {
                Vec<E> s_v[kVectors];
                UNROLL for (int v = 0; v < kVectors; ++v) s_v[v] = load(s + v * kWidth<E>);
                UNROLL for (int t = 0; t < kScatterTaps; ++t) {
                  const Vec<E> w_t = splat(w[t]);
                  UNROLL for (int v = 0; v < kVectors; ++v) acc[t][v] =
                      Element<E>::add_product(acc[t][v], w_t, s_v[v]);
                }
                s += lanes(g.out_plane());
                w += kScatterTaps;
              }
              UNROLL for (int t = 0; t < kScatterTaps; ++t) {
                const int kx = part * kScatterTaps + t;
                const int ix = ox * g.stride - g.padding + kx;
                if (kx >= g.kernel || ix < 0 || ix >= g.in_width) continue;
                UNROLL for (int v = 0; v < kVectors; ++v) {
                  Real* p = target + lanes(ix) + lane + v * kWidth<Real>;
                  store(p, load(p) + acc[t][v]);
                }
              }
            }
        }
      }
}

template <int kDistance, class V, int... I>
INLINE void exchange(V& a, V& b, std::integer_sequence<int, I...>) {
  constexpr int w = sizeof...(I);
  const V t = __builtin_shufflevector(a, b, ((I & kDistance) ? I + w - kDistance : I)...);
  b = __builtin_shufflevector(a, b, ((I & kDistance) ? I + w : I + kDistance)...);
  a = t;
}

/// Transposes a square of registers by exchanging off-diagonal blocks of size 1, 2, 4, ...
template <class Real, int kDistance = 1>
INLINE void transpose(Vec<Real> (&rows)[kWidth<Real>]) {
  if constexpr (kDistance < kWidth<Real>) {
    UNROLL for (int i = 0; i < kWidth<Real>; ++i) if (!(i & kDistance)) exchange<kDistance>(
        rows[i], rows[i + kDistance], std::make_integer_sequence<int, kWidth<Real>>{});
    transpose<Real, 2 * kDistance>(rows);
  }
}

template <class E>
void transpose_signal(const ConvGeometry& g, const RealOf<E>* signal, E* transposed,
                      RealOf<E>* d_bias) {
  using Real = RealOf<E>;
  constexpr int w = kWidth<Real>, kDepth = Element<E>::kDepth;
  const int group_width = signal_vectors(g.out_channels, w) * w;
  for (int first = 0; first < g.out_channels; first += w) {
    const int live = g.out_channels - first < w ? g.out_channels - first : w;
    E* to = transposed + lanes(first / group_width * g.out_plane()) / kDepth * group_width +
            first % group_width;
    Vec<Real> total = {};
    for (int position = 0; position < g.out_plane(); ++position)
      for (int lane = 0; lane < kLanes; lane += w) {
        Vec<Real> rows[w];
        UNROLL for (int i = 0; i < w; ++i) rows[i] =
            i < live ? load(signal + lanes((first + i) * g.out_plane() + position) + lane)
                     : Vec<Real>{};
        transpose<Real>(rows);
        UNROLL for (int i = 0; i < w; ++i) total += rows[i];
        UNROLL for (int i = 0; i < w; i += kDepth) store(
            to + (lanes(position) + lane + i) / kDepth * group_width, Element<E>::from(rows + i));
      }
    if (d_bias)
      for (int i = 0; i < live; ++i) d_bias[first + i] += total[i];
  }
}

/// Register tile of the weight gradient: rows (input channels or taps) by two vectors, which are
/// kGroup vectors of output channels times 2 / kGroup independent sums over lanes: one sum alone
/// would wait for its own multiply-adds.
template <class E>
using OuterTile = SumOf<E>[kTile][2];

/// acc[r] += row[r][lane] * signal[lane][channels], over all lanes.
template <int kGroup, class E>
INLINE void add_products(const E* const (&row)[kTile], const E* signal, OuterTile<E>& acc) {
  for (int lane = 0; lane < kLanes / Element<E>::kDepth; lane += 2 / kGroup) {
    const Vec<E> s[2] = {load(signal), load(signal + kWidth<E>)};
    UNROLL for (int r = 0; r < kTile; ++r) {
      acc[r][0] = Element<E>::add_product(acc[r][0], splat(row[r][lane]), s[0]);
      acc[r][1] = Element<E>::add_product(acc[r][1], splat(row[r][lane + 2 / kGroup - 1]), s[1]);
    }
    signal += 2 * kWidth<E>;
  }
}

/// to[channel] += sums for `live` channels.
template <int kGroup, class Real>
INLINE void add_to(Real* to, const Vec<Real> (&acc)[2], int live) {
  typedef Real Unaligned
      __attribute__((vector_size(PHASELOOM_VECTOR_BYTES), may_alias, aligned(4)));
  UNROLL for (int v = 0; v < kGroup; ++v) {
    const Vec<Real> sum = kGroup == 2 ? acc[v] : acc[0] + acc[1];
    Real* p = to + v * kWidth<Real>;
    if (live >= (v + 1) * kWidth<Real>)
      *reinterpret_cast<Unaligned*>(p) += sum;
    else
      for (int i = 0; i < live - v * kWidth<Real>; ++i) p[i] += sum[i];
  }
}

/// Output positions whose tap `k` falls inside the input.
struct Span {
  int begin, end;
};
INLINE Span inside(int k, const ConvGeometry& g, int in_size, int out_size) {
  const int before = g.padding - k;
  const int begin = before > 0 ? (before + g.stride - 1) / g.stride : 0;
  const int last = in_size - 1 + g.padding - k;
  const int end = last < 0 ? 0 : last / g.stride + 1;
  return {begin, end < out_size ? end : out_size};
}

// One output row at a time: its part of the transposed signal stays in the first-level cache while
// all input channels and taps pass by.
template <int kGroup, class E>
void weight_gradient_by_channels(const ConvGeometry& g, const E* input, const E* transposed,
                                 RealOf<E>* d_weights) {
  constexpr int kElements = kLanes / Element<E>::kDepth;
  constexpr int kGroupWidth = kGroup * kWidth<E>;
  for (int first = 0; first < g.out_channels; first += kGroupWidth) {
    const E* group = transposed + std::ptrdiff_t{first * g.out_plane()} * kElements;
    for (int oy = 0; oy < g.out_height; ++oy)
      for (int c0 = 0; c0 < g.in_channels; c0 += kTile)
        for (int ky = 0; ky < g.kernel; ++ky) {
          const int iy = oy * g.stride - g.padding + ky;
          if (iy < 0 || iy >= g.in_height) continue;
          for (int kx = 0; kx < g.kernel; ++kx) {
            const Span span = inside(kx, g, g.in_width, g.out_width);
            OuterTile<E> acc = {};
            for (int ox = span.begin; ox < span.end; ++ox) {
              const int pixel = iy * g.in_width + ox * g.stride - g.padding + kx;
              const E* row[kTile];
              UNROLL for (int r = 0; r < kTile; ++r) {  // rows past the last channel repeat it
                const int c = c0 + r < g.in_channels ? c0 + r : g.in_channels - 1;
                row[r] = input + std::ptrdiff_t{c * g.in_plane() + pixel} * kElements;
              }
              add_products<kGroup>(
                  row, group + std::ptrdiff_t{oy * g.out_width + ox} * kElements * kGroupWidth,
                  acc);
            }
            UNROLL for (int r = 0; r < kTile; ++r) if (c0 + r < g.in_channels) add_to<kGroup>(
                d_weights +
                    std::ptrdiff_t{(c0 + r) * g.taps() + ky * g.kernel + kx} * g.out_channels +
                    first,
                acc[r], g.out_channels - first);
          }
        }
  }
}

// Few input channels: the rows of a register tile are taps; a tap outside the image reads zeros.
template <int kGroup, class E>
void weight_gradient_by_taps(const ConvGeometry& g, const E* input, const E* transposed,
                             RealOf<E>* d_weights) {
  constexpr int kElements = kLanes / Element<E>::kDepth;
  alignas(64) static constexpr E kZeros[kLanes] = {};
  constexpr int kGroupWidth = kGroup * kWidth<E>;
  for (int first = 0; first < g.out_channels; first += kGroupWidth) {
    const E* group = transposed + std::ptrdiff_t{first * g.out_plane()} * kElements;
    for (int c = 0; c < g.in_channels; ++c)
      for (int t0 = 0; t0 < g.taps(); t0 += kTile) {
        int ky[kTile], kx[kTile];
        for (int r = 0; r < kTile; ++r) {
          ky[r] = (t0 + r) / g.kernel - g.padding;
          kx[r] = (t0 + r) % g.kernel - g.padding;
        }
        OuterTile<E> acc = {};
        for (int oy = 0; oy < g.out_height; ++oy)
          for (int ox = 0; ox < g.out_width; ++ox) {
            const E* row[kTile];
            UNROLL for (int r = 0; r < kTile; ++r) {
              const int iy = oy * g.stride + ky[r], ix = ox * g.stride + kx[r];
              const bool in =
                  t0 + r < g.taps() && iy >= 0 && iy < g.in_height && ix >= 0 && ix < g.in_width;
              row[r] =
                  in ? input + std::ptrdiff_t{(c * g.in_height + iy) * g.in_width + ix} * kElements
                     : kZeros;
            }
            add_products<kGroup>(
                row, group + std::ptrdiff_t{oy * g.out_width + ox} * kElements * kGroupWidth, acc);
          }
        UNROLL for (int r = 0; r < kTile; ++r) if (t0 + r < g.taps()) add_to<kGroup>(
            d_weights + std::ptrdiff_t{c * g.taps() + t0 + r} * g.out_channels + first, acc[r],
            g.out_channels - first);
      }
  }
}

template <class E>
void weight_gradient(const ConvGeometry& g, const E* input, const E* transposed,
                     RealOf<E>* d_weights) {
  const bool pairs = signal_vectors(g.out_channels, kWidth<E>) == 2;
  if (g.in_channels < kFewChannels && g.kernel > 1)
    (pairs ? weight_gradient_by_taps<2, E> : weight_gradient_by_taps<1, E>)(g, input, transposed,
                                                                            d_weights);
  else
    (pairs ? weight_gradient_by_channels<2, E>
           : weight_gradient_by_channels<1, E>)(g, input, transposed, d_weights);
}

}  // namespace
}  // namespace phaseloom::PHASELOOM_ISA
