// SPDX-License-Identifier: MIT
#include "engine/dynamics/noise.hpp"

#include <array>
#include <cmath>
#include <numbers>

#include "engine/support/lanes.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Quantile of the standard normal distribution, by bisection of its distribution function.
double normal_quantile(double p) {
  double low = -6, high = 6;
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    (std::erfc(-middle / std::numbers::sqrt2) / 2 < p ? low : high) = middle;
  }
  return low;
}

std::array<std::int8_t, 256> make_quantiles() {
  std::array<double, 256> z{};
  double square = 0;
  for (int i = 0; i < 256; ++i) {
    z[i] = normal_quantile((i + 0.5) / 256);
    square += z[i] * z[i];
  }
  const double scale = 1 / (static_cast<double>(kNormalUnit) * std::sqrt(square / 256));
  std::array<std::int8_t, 256> table{};
  for (int i = 0; i < 128; ++i) {
    table[128 + i] = static_cast<std::int8_t>(std::lround(scale * z[128 + i]));
    table[127 - i] = static_cast<std::int8_t>(-table[128 + i]);
  }
  return table;
}

}  // namespace

void fill_normals(std::uint64_t seed, Stream stream, std::uint32_t salt, std::uint64_t first_sample,
                  std::int64_t items, std::int8_t* out) {
  static const auto quantiles = make_quantiles();
  static_assert(kLanes % 16 == 0);
  const NormalsJob job{
      seed, static_cast<std::uint32_t>(stream), salt, first_sample, items, quantiles.data(), out};
  switch (active_isa()) {
#if defined(__x86_64__)
    case Isa::avx512_bf16:
    case Isa::avx512:
      return avx512::fill_normals(job);
    case Isa::avx2:
      return avx2::fill_normals(job);
#endif
    default:
      return baseline::fill_normals(job);
  }
}

template <class Real>
void fill_wiener_rates(const Wiener& wiener, int step, double dt, int units, std::int8_t* scratch,
                       Real* out) {
  fill_normals(wiener.seed, Stream::phase_noise, static_cast<std::uint32_t>(step),
               wiener.first_sample, units, scratch);
  const Real scale =
      static_cast<Real>(wiener.amplitude / std::sqrt(dt)) * static_cast<Real>(kNormalUnit);
  const std::size_t count = static_cast<std::size_t>(units) * kLanes;
  for (std::size_t k = 0; k < count; ++k) out[k] = scale * static_cast<Real>(scratch[k]);
}

template void fill_wiener_rates(const Wiener&, int, double, int, std::int8_t*, float*);
template void fill_wiener_rates(const Wiener&, int, double, int, std::int8_t*, double*);

void fill_initial(const Program& program, double width_factor, std::uint64_t seed,
                  std::uint64_t first_sample, int label, float* out) {
  const InitialNoise& noise = program.initial;
  const Topology& topology = *program.topology;
  const int units = topology.first_label();
  const double width = noise.width * width_factor;
  for (int group = 0; group < units; group += 4)  // one Philox block serves four units
    for (int l = 0; l < kLanes; ++l) {
      const auto sample = first_sample + l;
      const auto words = random_words(
          seed, Stream::initial_state, static_cast<std::uint32_t>(group),
          static_cast<std::uint32_t>(sample), static_cast<std::uint32_t>(sample >> 32));
      std::array<double, 4> value;
      if (noise.shape == InitialNoise::Shape::uniform) {
        for (int k = 0; k < 4; ++k) value[k] = 2 * uniform(words[k]) - 1;
      } else {
        const auto a = normal(words[0], words[1]), b = normal(words[2], words[3]);
        value = {a[0], a[1], b[0], b[1]};
      }
      for (int k = 0; k < 4 && group + k < units; ++k)
        out[(group + k) * kLanes + l] = static_cast<float>(width * value[k]);
    }
  const double held = info(program.substrate).state().held;
  for (int k = 0; k < topology.labels(); ++k)
    for (int l = 0; l < kLanes; ++l) {
      const bool asked = class_of(topology, label, first_sample + l) == k;
      out[(units + k) * kLanes + l] = static_cast<float>(asked ? held : -held);
    }
}

float fresh_state(const InitialNoise& noise, double width_factor, std::uint64_t seed,
                  std::uint64_t sample, int unit, std::uint32_t salt) {
  const auto words = random_words(seed, Stream::touch, static_cast<std::uint32_t>(unit),
                                  static_cast<std::uint32_t>(sample), salt);
  const double value = noise.shape == InitialNoise::Shape::uniform ? 2 * uniform(words[0]) - 1
                                                                   : normal(words[0], words[1])[0];
  return static_cast<float>(noise.width * width_factor * value);
}

}  // namespace phaseloom
