// SPDX-License-Identifier: MIT
#include "engine/dynamics/noise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/support/isa.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {
namespace {

// Statistical errors are allowed five times: one false alarm in two million, and the numbers are a
// fixed function of the seed anyway.
constexpr double kSigmas = 5;

struct Moments {
  double mean = 0, variance = 0, skewness = 0, kurtosis = 0;
};

template <class Values>
Moments moments(const Values& values, double unit = 1) {
  double sum[5] = {};
  for (const auto v : values)
    for (int k = 1; k <= 4; ++k) sum[k] += std::pow(unit * double(v), k);
  const auto n = static_cast<double>(values.size());
  return {sum[1] / n, sum[2] / n, sum[3] / n, sum[4] / n};
}

std::vector<std::int8_t> normals(std::uint64_t seed, Stream stream, std::uint32_t salt,
                                 std::uint64_t first_sample, int items) {
  std::vector<std::int8_t> out(static_cast<std::size_t>(items) * kLanes);
  fill_normals(seed, stream, salt, first_sample, items, out.data());
  return out;
}

double correlation(const std::vector<std::int8_t>& a, const std::vector<std::int8_t>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * b[i];
  return sum * kNormalUnit * kNormalUnit / static_cast<double>(a.size());
}

// What the header says of the numbers: variance 1, odd moments 0, kurtosis 2.9, nothing beyond 2.9.
TEST(Noise, NormalsHaveTheMomentsOfTheNormalDistribution) {
  const auto z = normals(3, Stream::phase_noise, 7, 0, 20000);
  const auto n = static_cast<double>(z.size());
  const Moments m = moments(z, kNormalUnit);
  EXPECT_NEAR(m.mean, 0, kSigmas / std::sqrt(n));
  EXPECT_NEAR(m.variance, 1, kSigmas * std::sqrt((m.kurtosis - 1) / n));
  EXPECT_NEAR(m.skewness, 0, kSigmas * std::sqrt(15 / n));  // sixth moment of a normal number
  EXPECT_NEAR(m.kurtosis, 2.9, kSigmas * std::sqrt(96 / n) + 0.05);  // "2.9" is rounded
  const auto [low, high] = std::minmax_element(z.begin(), z.end());
  EXPECT_EQ(*low, -*high);
  EXPECT_NEAR(*high * kNormalUnit, 2.9, 0.05);
}

// Increments sigma dW over dt have the variance sigma^2 / dt; steps and samples have their own, the
// same in both precisions.
TEST(Noise, WienerRatesHaveTheVarianceOfTheirStep) {
  constexpr int units = 20000;
  const Wiener wiener{0.5, 3, 64};
  constexpr double dt = 0.04;
  std::vector<std::int8_t> scratch(std::size_t{units} * kLanes);
  std::vector<double> rates(scratch.size()), next(rates), others(rates);
  std::vector<float> single(rates.size());
  fill_wiener_rates(wiener, 7, dt, units, scratch.data(), rates.data());
  fill_wiener_rates(wiener, 8, dt, units, scratch.data(), next.data());
  fill_wiener_rates({0.5, 3, 64 + kLanes}, 7, dt, units, scratch.data(), others.data());
  fill_wiener_rates(wiener, 7, dt, units, scratch.data(), single.data());
  const auto n = static_cast<double>(rates.size());
  const double variance = 0.25 / dt;
  EXPECT_NEAR(moments(rates).mean, 0, kSigmas * std::sqrt(variance / n));
  EXPECT_NEAR(moments(rates).variance, variance, kSigmas * variance * std::sqrt(2 / n));
  double with_next = 0, with_others = 0;
  for (std::size_t k = 0; k < rates.size(); ++k) {
    with_next += rates[k] * next[k] / n;
    with_others += rates[k] * others[k] / n;
    ASSERT_FLOAT_EQ(single[k], static_cast<float>(rates[k]));
  }
  EXPECT_NEAR(with_next, 0, kSigmas * variance / std::sqrt(n));
  EXPECT_NEAR(with_others, 0, kSigmas * variance / std::sqrt(n));
}

// The values are symmetric and equally likely, 256 of them: their distribution function is the
// normal one up to half a step of the table and the rounding to 1/42.
TEST(Noise, NormalsFollowTheDistributionFunction) {
  const auto z = normals(3, Stream::phase_noise, 8, 0, 20000);
  for (const double at : {-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0}) {
    double below = 0;  // equal counts half
    for (const int v : z)
      below += v * double(kNormalUnit) < at ? 1 : v == at / kNormalUnit ? 0.5 : 0;
    const double expected = std::erfc(-at / std::sqrt(2.)) / 2;
    const auto n = static_cast<double>(z.size());
    EXPECT_NEAR(below / n, expected, 0.006 + kSigmas * 0.5 / std::sqrt(n)) << at;
  }
}

TEST(Noise, NormalsOfDifferentKeysAreIndependent) {
  const int items = 3000;
  const auto z = normals(3, Stream::phase_noise, 7, 0, items);
  EXPECT_EQ(z, normals(3, Stream::phase_noise, 7, 0, items));
  const double allowed = kSigmas / std::sqrt(static_cast<double>(z.size()));
  EXPECT_LT(std::abs(correlation(z, normals(4, Stream::phase_noise, 7, 0, items))), allowed);
  EXPECT_LT(std::abs(correlation(z, normals(3, Stream::weight_noise, 7, 0, items))), allowed);
  EXPECT_LT(std::abs(correlation(z, normals(3, Stream::phase_noise, 8, 0, items))), allowed);
  EXPECT_LT(std::abs(correlation(z, normals(3, Stream::phase_noise, 7, kLanes, items))), allowed);
  EXPECT_LT(std::abs(correlation(z, normals(3 + (1ull << 32), Stream::phase_noise, 7, 0, items))),
            allowed);
  for (const std::size_t shift : {1, 16, kLanes}) {  // the next lane, half block, item
    auto shifted = z;
    std::rotate(shifted.begin(), shifted.begin() + static_cast<std::ptrdiff_t>(shift),
                shifted.end());
    EXPECT_LT(std::abs(correlation(z, shifted)), allowed) << "shift " << shift;
  }
}

// Every instruction set of this machine draws what one Philox block at a time would.
TEST(Noise, NormalsAreThoseOfTheScalarForm) {
  std::vector<std::int8_t> quantiles(256);
  for (int i = 0; i < 256; ++i) quantiles[i] = static_cast<std::int8_t>(i - 127 - (i < 128));
  using Fill = void (*)(const NormalsJob&);
  std::vector<Fill> fills{baseline::fill_normals};
#if defined(__x86_64__)
  if (active_isa() >= Isa::avx2) fills.push_back(avx2::fill_normals);
  if (active_isa() >= Isa::avx512) fills.push_back(avx512::fill_normals);
#endif
  const std::uint64_t seed = 0x123456789abcdef0;
  for (std::size_t f = 0; f < fills.size(); ++f)
    for (const std::uint64_t first :
         {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{96}, (std::uint64_t{1} << 36) - 3})
      for (const int items : {1, 2, 7, 8, 9, 64, 301}) {
        std::vector<std::int8_t> out(static_cast<std::size_t>(items + 1) * kLanes, 99);
        fills[f]({seed, 5, 0xfffffff0u, first, items, quantiles.data(), out.data()});
        for (int i = 0; i < items; ++i)
          for (int l = 0; l < kLanes; ++l) {
            const std::uint64_t sample = first + static_cast<std::uint64_t>(l);
            // The group beyond the first counts on in 32 bits.
            const auto group = static_cast<std::uint32_t>(sample / 16);
            const auto words =
                philox({static_cast<std::uint32_t>(i), group, 0xfffffff0u, 5},
                       {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
            const auto byte = words[sample % 16 / 4] >> (8 * (sample % 4)) & 255;
            ASSERT_EQ(out[i * kLanes + l], quantiles[byte])
                << "set " << f << ", from sample " << first << ", item " << i << ", lane " << l;
          }
        for (int l = 0; l < kLanes; ++l) ASSERT_EQ(out[items * kLanes + l], 99);
      }
}

// A sample's numbers do not depend on where its block begins.
TEST(Noise, NormalsBelongToTheirSample) {
  const int items = 9;
  const auto z = normals(3, Stream::weight_noise, 2, 64, items);
  for (const std::uint64_t shift : {1, 5, 15, 16, 17, 31}) {
    const auto shifted = normals(3, Stream::weight_noise, 2, 64 + shift, items);
    for (int i = 0; i < items; ++i)
      for (int l = static_cast<int>(shift); l < kLanes; ++l)
        ASSERT_EQ(z[i * kLanes + l], shifted[i * kLanes + l - static_cast<int>(shift)])
            << "item " << i << ", sample " << 64 + l << ", shift " << shift;
  }
}

Program units_with(const InitialNoise& noise, int units) {
  Program program =
      make_program(substrate_named("kuramoto"), Topology::local({units, 1, 1}, 0), 1, 1, 0, 1);
  program.initial = noise;
  return program;
}

std::vector<float> initial(const InitialNoise& noise, double factor, std::uint64_t seed,
                           std::uint64_t first_sample, int units) {
  std::vector<float> out(static_cast<std::size_t>(units) * kLanes);
  fill_initial(units_with(noise, units), factor, seed, first_sample, kAllLabels, out.data());
  return out;
}

TEST(Noise, UniformInitialStates) {
  const InitialNoise noise{InitialNoise::Shape::uniform, 1.5};
  const auto x = initial(noise, 2, 1, 0, 4001);
  const auto n = static_cast<double>(x.size());
  const Moments m = moments(x, 1 / 3.0);  // half-width 1.5 x 2
  EXPECT_NEAR(m.mean, 0, kSigmas * std::sqrt(1 / 3. / n));
  EXPECT_NEAR(m.variance, 1 / 3., kSigmas * std::sqrt((1 / 5. - 1 / 9.) / n));
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  EXPECT_GE(*low, -3.0f);
  EXPECT_LE(*high, 3.0f);
  EXPECT_GT(*high - *low, 5.99f);
}

TEST(Noise, GaussianInitialStates) {
  const InitialNoise noise{InitialNoise::Shape::gaussian, 0.5};
  const auto x = initial(noise, 3, 1, 0, 4001);
  const auto n = static_cast<double>(x.size());
  const Moments m = moments(x, 1 / 1.5);
  EXPECT_NEAR(m.mean, 0, kSigmas / std::sqrt(n));
  EXPECT_NEAR(m.variance, 1, kSigmas * std::sqrt(2 / n));
  EXPECT_NEAR(m.skewness, 0, kSigmas * std::sqrt(15 / n));
  EXPECT_NEAR(m.kurtosis, 3, kSigmas * std::sqrt(96 / n));
}

TEST(Noise, InitialStatesBelongToTheirSampleAndUnit) {
  for (const auto shape : {InitialNoise::Shape::uniform, InitialNoise::Shape::gaussian}) {
    const InitialNoise noise{shape, 1};
    const auto x = initial(noise, 1, 5, 0, 9);
    EXPECT_NE(x, initial(noise, 1, 6, 0, 9));
    // Fewer units: the same numbers for those that remain, and nothing written beyond them.
    for (int units = 1; units <= 9; ++units) {
      std::vector<float> some(9 * kLanes, 77.f);
      fill_initial(units_with(noise, units), 1, 5, 0, kAllLabels, some.data());
      for (int k = 0; k < 9 * kLanes; ++k) ASSERT_EQ(some[k], k < units * kLanes ? x[k] : 77.f);
    }
    const auto later = initial(noise, 1, 5, 7, 9);
    for (int i = 0; i < 9; ++i)
      for (int l = 7; l < kLanes; ++l) ASSERT_EQ(x[i * kLanes + l], later[i * kLanes + l - 7]);
    // Beyond 2^32 samples the numbers do not repeat.
    EXPECT_NE(x, initial(noise, 1, 5, std::uint64_t{1} << 32, 9));
  }
}

// The class that is asked for points up, all others down; the noise of the others stays the same.
TEST(Noise, LabelOscillatorsSayTheClass) {
  constexpr int units = 9, labels = 3;
  const auto up = static_cast<float>(std::numbers::pi / 2);
  Program program = units_with({}, units);
  program.topology = Topology::with_labels(*program.topology, labels);
  const auto noise = initial({}, 1, 5, 7, units);
  for (const int label : {kAllLabels, 0, 2}) {
    std::vector<float> x((units + labels) * kLanes);
    fill_initial(program, 1, 5, 7, label, x.data());
    EXPECT_TRUE(std::equal(noise.begin(), noise.end(), x.begin()));
    for (int k = 0; k < labels; ++k)
      for (int l = 0; l < kLanes; ++l) {
        const int asked = label == kAllLabels ? (7 + l) % labels : label;
        ASSERT_EQ(x[(units + k) * kLanes + l], k == asked ? up : -up) << k << " of lane " << l;
      }
  }
}

TEST(Noise, NoWidthIsNoNoise) {
  for (const auto shape : {InitialNoise::Shape::uniform, InitialNoise::Shape::gaussian})
    for (float x : initial({shape, 1}, 0, 5, 0, 9)) EXPECT_EQ(x, 0.f);
}

}  // namespace
}  // namespace phaseloom
