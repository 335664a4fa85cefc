// SPDX-License-Identifier: MIT
#include "engine/field/field_loops.hpp"

#include <string.h>

#include "engine/dynamics/vector_math.hpp"
#include "engine/field/limits.hpp"
#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

#define UNROLL _Pragma("GCC unroll 16")

using V = Vec<float>;
constexpr int W = kWidth<float>;
constexpr int kRows = kUpdateRows;
constexpr int kVectors = 4;  // side by side along a row, for sums that do not wait for each other
constexpr float kLeastPhase = 1e-15f;
constexpr int kHalo = kMaxKernelRadius;
static_assert(kHalo % W == 0);

typedef float Loose __attribute__((vector_size(PHASELOOM_VECTOR_BYTES), may_alias, aligned(4)));

inline V load_anywhere(const float* p) { return *reinterpret_cast<const Loose*>(p); }

/// A row that goes on beyond both ends as the torus does.
struct Ring {
  alignas(PHASELOOM_VECTOR_BYTES) float values[kHalo + kMaxFieldSide + kVectors * W + kHalo];
  float* begin() { return values + kHalo; }

  void close(int width, int end) {
    float* p = begin();
    for (int x = 1; x <= kHalo && x <= width; ++x) p[-x] = p[width - x];
    for (int x = width; x < end; ++x) p[x] = p[x - width];
  }
};

template <int kCount>
inline __attribute__((always_inline)) void sum_across(const SendJob& job, const float* weights,
                                                      const float* sines, const float* cosines,
                                                      float* out) {
  V s[kCount], c[kCount];
  UNROLL for (int v = 0; v < kCount; ++v) s[v] = c[v] = V{};
  for (int d = -job.radius; d <= job.radius; ++d) {
    const V weight = splat(weights[d + job.radius]);
    UNROLL for (int v = 0; v < kCount; ++v) {
      s[v] += weight * load_anywhere(sines + d + v * W);
      c[v] += weight * load_anywhere(cosines + d + v * W);
    }
  }
  UNROLL for (int v = 0; v < kCount; ++v) {
    store(out + v * W, s[v]);
    store(out + job.stride + v * W, c[v]);
  }
}

void send(const SendJob& job) {
  Ring sines, cosines;
  const int padded = (job.width + W - 1) / W * W;
  const std::int64_t stride = job.stride;
  for (int y = job.first; y < job.last; ++y) {
    const float* phases = job.phases + y * stride;
    for (int x = 0; x < padded; x += W) {
      V s, c;
      Math<float>::sin_cos(load(phases + x), s, c);
      store(sines.begin() + x, s);
      store(cosines.begin() + x, c);
    }
    sines.close(job.width, padded + job.radius);
    cosines.close(job.width, padded + job.radius);
    for (int part = 0; part < job.parts; ++part) {
      const float* weights = job.across + part * (2 * job.radius + 1);
      float* out = job.sent + (std::int64_t{part} * job.height + y) * 2 * stride;
      int x = 0;
      for (; x + kVectors * W <= padded; x += kVectors * W)
        sum_across<kVectors>(job, weights, sines.begin() + x, cosines.begin() + x, out + x);
      for (; x < padded; x += W)
        sum_across<1>(job, weights, sines.begin() + x, cosines.begin() + x, out + x);
    }
  }
}

/// Calls finish(row, x, sines, cosines) with what the places x to x + W - 1 of a row hear.
template <class Finish>
inline __attribute__((always_inline)) void each_heard(const UpdateJob& job, const Finish& finish) {
  const int sources = 2 * job.radius + kRows;
  const int weights_of_part = sources + kRows - 1;
  const float* rows[2 * kMaxKernelRadius + kRows];
  const std::int64_t stride = job.stride;
  for (int y = job.first; y < job.last; y += kRows) {
    int from = y - job.radius;
    if (from < 0) from += job.height;
    for (int i = 0; i < sources; ++i) {
      rows[i] = job.sent + from * 2 * stride;
      if (++from == job.height) from = 0;
    }
    const int live = job.last - y < kRows ? job.last - y : kRows;
    for (int x = 0; x < job.width; x += W) {
      V s[kRows], c[kRows];
      UNROLL for (int q = 0; q < kRows; ++q) s[q] = c[q] = V{};
      for (int part = 0; part < job.parts; ++part) {
        const float* weights = job.down + part * weights_of_part + kRows - 1;
        const std::int64_t at = part * (2 * stride * job.height) + x;
        for (int i = 0; i < sources; ++i) {
          V sine = load(rows[i] + at), cosine = load(rows[i] + at + stride);
          keep_in_register(sine);
          keep_in_register(cosine);
          UNROLL for (int q = 0; q < kRows; ++q) {
            const V weight = splat(weights[i - q]);
            s[q] += weight * sine;
            c[q] += weight * cosine;
          }
        }
      }
      UNROLL for (int q = 0; q < kRows; ++q) if (q < live) finish(y + q, x, s[q], c[q]);
    }
  }
}

inline V from_bytes(const std::int8_t* p) {
  typedef std::int8_t Bytes __attribute__((vector_size(W)));
  Bytes bytes;
  memcpy(&bytes, p, sizeof(Bytes));
  return __builtin_convertvector(bytes, V);
}

/// The same phase within -π..π, for |x| < 10^5: 2π in two parts, the first of which stays exact.
/// Phases that injection draws to 0 for long would become so small that the processor calculates
/// with them a hundred times slower; they are 0 before that.
inline V wrapped(V x) {
  Math<float>::I ignored;
  const V n = Math<float>::round(x * 0.159154943091895336f, ignored);
  const V phase = (x - n * 6.28125f) - n * 0.0019353071795864769f;
  const Math<float>::I none = (phase < kLeastPhase) & (phase > -kLeastPhase);
  return Math<float>::real(Math<float>::bits(phase) & ~none);
}

template <bool kNoisy, bool kFirst, bool kLast>
void update_stage(const UpdateJob& job) {
  const V coupling = splat(job.coupling), injection = splat(2 * job.injection);
  const V a = splat(job.a), b = splat(job.b), noise_scale = splat(job.noise_scale);
  each_heard(
      job, [&](int y, int x, V sines, V cosines) __attribute__((always_inline)) {
        const std::int64_t at = std::int64_t{y} * job.stride + x;
        V s, c;
        Math<float>::sin_cos(load(job.phases + at), s, c);
        V rate = load(job.frequencies + at);
        if (kNoisy) rate += noise_scale * from_bytes(job.noise + y * job.noise_stride + x);
        rate += coupling * (c * sines - s * cosines) - injection * (s * c);
        V step = b * rate;
        if (!kFirst) step += load(job.sum + at);
        const V start = load(job.x + at);
        if (kLast) {
          store(job.x + at, wrapped(start + step));
        } else {
          store(job.sum + at, step);
          store(job.next + at, start + a * rate);
        }
      });
}

template <bool kNoisy>
void update_any(const UpdateJob& job) {
  if (job.is_first)
    job.is_last ? update_stage<kNoisy, true, true>(job) : update_stage<kNoisy, true, false>(job);
  else
    job.is_last ? update_stage<kNoisy, false, true>(job) : update_stage<kNoisy, false, false>(job);
}

void update(const UpdateJob& job) { job.noise ? update_any<true>(job) : update_any<false>(job); }

void energy(const UpdateJob& job) {
  const V coupling = splat(job.coupling / 2), injection = splat(job.injection / 2);
  each_heard(
      job, [&](int y, int x, V sines, V cosines) __attribute__((always_inline)) {
        const std::int64_t at = std::int64_t{y} * job.stride + x;
        V s, c;
        Math<float>::sin_cos(load(job.phases + at), s, c);
        store(job.energy + at,
              coupling * (job.centre - (c * cosines + s * sines)) - injection * (c * c - s * s));
      });
}

void totals(const float* phases, int width, float* out) {
  V sines{}, cosines{}, s, c;
  int x = 0;
  for (; x + W <= width; x += W) {
    Math<float>::sin_cos(load(phases + x), s, c);
    sines += s;
    cosines += c;
  }
  out[0] = sum<float>(sines);
  out[1] = sum<float>(cosines);
  if (x == width) return;
  Math<float>::sin_cos(load(phases + x), s, c);
  for (int k = 0; x + k < width; ++k) {
    out[0] += s[k];
    out[1] += c[k];
  }
}

}  // namespace

FieldLoops field_loops_of() { return {send, update, energy, totals}; }

}  // namespace phaseloom::PHASELOOM_ISA
