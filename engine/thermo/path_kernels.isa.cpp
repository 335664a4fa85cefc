// SPDX-License-Identifier: MIT
#include "engine/thermo/path_kernels.hpp"

#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

#define UNROLL _Pragma("GCC unroll 16")

// A tile of sums is kVectors vectors of units wide and as high as the registers allow: 32 of 64
// bytes, or 16.
constexpr int kVectors = 2;
constexpr bool kWide = PHASELOOM_VECTOR_BYTES == 64;
constexpr int kResidualRows = kWide ? 12 : 6;
constexpr int kGradientRows = kWide ? 8 : 4;

template <class Real>
void noising(const NoisingJob<Real>& job) {
  Real x[kPanel] = {}, force[kPanel], noise[kPanel];
  for (int u = 0; u < kPanel; ++u) {
    force[u] = job.force[u];
    noise[u] = job.noise[u];
  }
  const Real j2 = 2 * job.j2, j4 = 4 * job.j4, dt = job.dt;
  const std::int8_t* normals = job.normals;
  Real* out = job.x;
  for (int step = -job.held; step < job.steps; ++step, normals += kPanel) {
    const Real a = step < 0 ? job.full : job.ramp[step];
    for (int u = 0; u < kPanel; ++u)
      x[u] += dt * (a * force[u] - x[u] * (j2 + j4 * x[u] * x[u])) +
              noise[u] * static_cast<Real>(normals[u]);
    if (step < -1) continue;
    for (int u = 0; u < kPanel; ++u) out[u] = x[u];
    out += kPanel;
  }
}

/// Residuals of kRows steps from `t` on, and of kVectors vectors of units from `lane` on.
template <int kRows, class Real>
inline __attribute__((always_inline)) void residual_tile(const ResidualJob<Real>& job, int t,
                                                         int lane) {
  using V = Vec<Real>;
  constexpr int w = kWidth<Real>;
  V field[kRows][kVectors];
  UNROLL for (int v = 0; v < kVectors; ++v) {
    const V bias = load(job.bias + lane + v * w);
    UNROLL for (int m = 0; m < kRows; ++m) field[m][v] = bias;
  }
  const Real* weights = job.weights + lane;
  for (int source = job.first_source; source < job.panels; ++source) {
    const Real* sent = job.x + source * job.stride + std::int64_t{t + 1} * kPanel;
    for (int j = 0; j < kPanel; ++j, weights += kPanel) {
      V weight[kVectors];
      UNROLL for (int v = 0; v < kVectors; ++v) {
        weight[v] = load(weights + v * w);
        keep_in_register(weight[v]);
      }
      UNROLL for (int m = 0; m < kRows; ++m) {
        V x = splat(sent[m * kPanel + j]);
        keep_in_register(x);
        UNROLL for (int v = 0; v < kVectors; ++v) field[m][v] += x * weight[v];
      }
    }
  }
  const Real* own = job.x + job.panel * job.stride + std::int64_t{t} * kPanel + lane;
  Real* out = job.r + std::int64_t{t} * kPanel + lane;
  const Real scale = 1 / (2 * job.temperature);
  UNROLL for (int m = 0; m < kRows; ++m) {
    UNROLL for (int v = 0; v < kVectors; ++v) {
      const V before = load(own + m * kPanel + v * w), x = load(own + (m + 1) * kPanel + v * w);
      const V slope = x * (2 * job.j2 + 4 * job.j4 * x * x) + field[m][v];
      store(out + m * kPanel + v * w, scale * (before - x + job.dt * slope));
    }
  }
}

template <class Real>
void residual(const ResidualJob<Real>& job) {
  constexpr int rest = kResidualRows / 3;
  for (int lane = 0; lane < kPanel; lane += kVectors * kWidth<Real>) {
    int t = job.first;
    for (; t + kResidualRows <= job.last; t += kResidualRows)
      residual_tile<kResidualRows>(job, t, lane);
    for (; t + rest <= job.last; t += rest) residual_tile<rest>(job, t, lane);
    for (; t < job.last; ++t) residual_tile<1>(job, t, lane);
  }
}

template <class Real>
void gradient(const GradientJob<Real>& job) {
  using V = Vec<Real>;
  constexpr int w = kWidth<Real>;
  for (int row = 0; row < kPanel; row += kGradientRows)
    for (int lane = 0; lane < kPanel; lane += kVectors * w) {
      V sums[kGradientRows][kVectors] = {};
      const std::int64_t begin = std::int64_t{job.first} * kPanel;
      const Real *row_x = job.row_x + begin + row, *row_r = job.row_r + begin + row;
      const Real *column_x = job.column_x + begin + lane, *column_r = job.column_r + begin + lane;
      for (int t = job.first; t < job.last; ++t) {
        V x[kVectors], r[kVectors];
        UNROLL for (int v = 0; v < kVectors; ++v) {
          x[v] = load(column_x + v * w);
          r[v] = load(column_r + v * w);
          keep_in_register(x[v]);
          keep_in_register(r[v]);
        }
        UNROLL for (int m = 0; m < kGradientRows; ++m) {
          V one = splat(row_r[m]);
          keep_in_register(one);
          UNROLL for (int v = 0; v < kVectors; ++v) sums[m][v] += one * x[v];
        }
        UNROLL for (int m = 0; m < kGradientRows; ++m) {
          V one = splat(row_x[m]);
          keep_in_register(one);
          UNROLL for (int v = 0; v < kVectors; ++v) sums[m][v] += one * r[v];
        }
        row_x += kPanel;
        row_r += kPanel;
        column_x += kPanel;
        column_r += kPanel;
      }
      UNROLL for (int m = 0; m < kGradientRows; ++m) {
        UNROLL for (int v = 0; v < kVectors; ++v) {
          Real* out = job.sums + (row + m) * kPanel + lane + v * w;
          store(out, load(out) + job.scale * sums[m][v]);
        }
      }
    }
}

/// Products of an earlier step's x' and r with a later step's x', over the units [begin, end).
template <class Real>
struct Overlap {
  Real x = 0, r = 0;
};
template <class Real>
Overlap<Real> overlap(const Real* x, const Real* r, const Real* later, int begin, int end) {
  Vec<Real> by_x = {}, by_r = {};
  for (int i = begin; i < end; i += kWidth<Real>) {
    const Vec<Real> l = load(later + i);
    by_x += load(x + i) * l;
    by_r += load(r + i) * l;
  }
  return {sum<Real>(by_x), sum<Real>(by_r)};
}

/// to += of_x x + of_r r, over the units [begin, end).
template <class Real>
void add_both(Real* to, Real of_x, const Real* x, Real of_r, const Real* r, int begin, int end) {
  for (int i = begin; i < end; i += kWidth<Real>)
    store(to + i, load(to + i) + of_x * load(x + i) + of_r * load(r + i));
}

template <class Real>
void online(const OnlineJob<Real>& job) {
  using V = Vec<Real>;
  constexpr int w = kWidth<Real>;
  const int seen = job.panels.visible_panels() * kPanel, all = job.panels.padded();
  Real *biases = job.scratch, *diagonal = job.scratch + all;  // what they have changed by
  for (int i = 0; i < all; i += w) {
    store(biases + i, V{});
    store(diagonal + i, V{});
  }
  const Real gain = -job.rate * job.response;
  for (int t = 0; t < job.steps; ++t) {
    const Real* x = job.x + std::int64_t{t} * all;
    Real* r = job.r + std::int64_t{t} * all;
    for (int s = 0; s < t; ++s) {
      const Real *xs = job.x + std::int64_t{s} * all, *rs = job.r + std::int64_t{s} * all;
      const auto visible = overlap(xs, rs, x, 0, seen), hidden = overlap(xs, rs, x, seen, all);
      add_both(r, gain * hidden.r, xs, gain * hidden.x, rs, 0, seen);
      add_both(r, gain * (visible.r + hidden.r), xs, gain * (visible.x + hidden.x), rs, seen, all);
    }
    // No unit couples to itself: the products above count r_i x'_i twice.
    for (int i = seen; i < all; i += w)
      store(r + i, load(r + i) - 2 * gain * load(diagonal + i) * load(x + i));
    for (int i = job.visible_biases ? 0 : seen; i < all; i += w)
      store(r + i, load(r + i) + gain * load(biases + i));
    for (int i = 0; i < all; i += w) {
      store(biases + i, load(biases + i) + load(r + i));
      store(diagonal + i, load(diagonal + i) + load(r + i) * load(x + i));
    }
  }
}

template <class Real>
double totals(const Real* rows, int times, Real* total) {
  using V = Vec<Real>;
  constexpr int w = kWidth<Real>, vectors = kPanel / w;
  V sums[vectors] = {};
  double squares = 0;
  for (int t = 0; t < times; ++t, rows += kPanel) {
    V row = {};
    UNROLL for (int v = 0; v < vectors; ++v) {
      const V r = load(rows + v * w);
      sums[v] += r;
      row += r * r;
    }
    squares += static_cast<double>(sum<Real>(row));
  }
  for (int v = 0; v < vectors; ++v) store(total + v * w, sums[v]);
  return squares;
}

}  // namespace

template <class Real>
PathKernels<Real> path_kernels_of() {
  return {noising<Real>, residual<Real>, gradient<Real>, online<Real>, totals<Real>};
}

template PathKernels<float> path_kernels_of();
template PathKernels<double> path_kernels_of();

}  // namespace phaseloom::PHASELOOM_ISA
