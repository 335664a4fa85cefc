// SPDX-License-Identifier: MIT
#include "engine/dynamics/weight_noise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/dynamics/packed_program.hpp"
#include "tests/engine/dynamics/networks.hpp"

namespace phaseloom {
namespace {

// Statistical errors are allowed five times: one false alarm in two million, and the numbers are a
// fixed function of the seed anyway.
constexpr double kSigmas = 5;

/// Errors of `couplings` couplings in `samples` samples, [coupling][sample].
std::vector<double> errors(std::uint64_t seed, std::uint32_t chunk, std::uint64_t first_sample,
                           std::uint32_t first_coupling, int couplings = 1000, int samples = 64) {
  std::vector<double> out;
  for (int c = 0; c < couplings; ++c)
    for (int s = 0; s < samples; ++s)
      out.push_back(double(kNormalUnit) *
                    weight_error(seed, chunk, first_sample + static_cast<std::uint64_t>(s),
                                 first_coupling + static_cast<std::uint32_t>(c)));
  return out;
}

double mean_product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum / double(a.size());
}

/// All 256 errors, which are equally likely.
std::vector<double> all_errors() {
  std::vector<double> all;
  for (const int upper : kUpperErrors)
    for (const int lower : kLowerErrors)
      for (const int e : {upper + lower, upper - lower, -upper + lower, -upper - lower})
        all.push_back(double(kNormalUnit) * e);
  std::ranges::sort(all);
  return all;
}

// What the header says of the tables, exactly.
TEST(WeightNoise, TablesAreAsNormalAsTheySay) {
  const auto all = all_errors();
  double moment[5] = {};
  for (const double e : all)
    for (int k = 1; k <= 4; ++k) moment[k] += std::pow(e, k) / 256;
  EXPECT_NEAR(moment[1], 0, 1e-12);
  EXPECT_NEAR(moment[2], 1, 1e-6);
  EXPECT_NEAR(moment[3], 0, 1e-12);
  EXPECT_NEAR(moment[4], 2.92, 0.005);
  EXPECT_NEAR(all.back(), 2.9, 0.05);
  for (const double at : all) {
    const auto [low, high] = std::ranges::equal_range(all, at);
    const double rank = (double(low - all.begin()) + double(high - all.begin())) / 2;
    EXPECT_NEAR(rank / 256, std::erfc(-at / std::sqrt(2.)) / 2, 0.007) << at;
  }
}

TEST(WeightNoise, HasMeanZeroAndVarianceOne) {
  const auto e = errors(3, 2, 0, 0);
  const auto n = double(e.size());
  double mean = 0, square = 0, fourth = 0;
  for (const double v : e) {
    mean += v / n;
    square += v * v / n;
    fourth += v * v * v * v / n;
  }
  EXPECT_NEAR(mean, 0, kSigmas / std::sqrt(n));
  EXPECT_NEAR(square, 1, kSigmas * std::sqrt(1.92 / n));
  EXPECT_NEAR(fourth, 2.92, kSigmas * std::sqrt(96 / n));  // eighth moment of a normal number
}

// Another coupling, sample, chunk or seed is another number, and so are their squares.
TEST(WeightNoise, IsIndependentBetweenCouplingsSamplesChunksAndSeeds) {
  const auto e = errors(3, 2, 0, 0);
  const double n = std::sqrt(double(e.size()));
  EXPECT_EQ(e, errors(3, 2, 0, 0));
  const auto far = std::uint64_t{1} << 32;
  const std::vector<std::vector<double>> others{
      errors(3, 2, 0, 1),      errors(3, 2, 0, 4), errors(3, 2, 0, 100000), errors(3, 2, 1, 0),
      errors(3, 2, 4, 0),      errors(3, 2, 8, 0), errors(3, 2, 16, 0),     errors(3, 2, 32, 0),
      errors(3, 2, far, 0),    errors(3, 3, 0, 0), errors(3, 0, 0, 0),      errors(4, 2, 0, 0),
      errors(3 + far, 2, 0, 0)};
  auto squares = e;
  for (double& v : squares) v = v * v - 1;
  for (std::size_t i = 0; i < others.size(); ++i) {
    EXPECT_LT(std::abs(mean_product(e, others[i])), kSigmas / n) << i;
    auto other = others[i];
    for (double& v : other) v = v * v - 1;
    EXPECT_LT(std::abs(mean_product(squares, other)), kSigmas * 1.92 / n) << i;
  }
}

// Four errors at the corners of a rectangle of couplings and samples share rows and columns; a
// product of keys would show here.
TEST(WeightNoise, HasNoRectangles) {
  const int couplings = 400, samples = 64;
  const auto e = errors(3, 2, 0, 0, couplings, samples);
  double sum = 0, n = 0;
  for (int c = 0; c + 1 < couplings; c += 2)
    for (int s = 0; s + 1 < samples; s += 2, ++n)
      sum += e[c * samples + s] * e[c * samples + s + 1] * e[(c + 1) * samples + s] *
             e[(c + 1) * samples + s + 1];
  EXPECT_LT(std::abs(sum / n), kSigmas / std::sqrt(n));
}

using Fill = void (*)(const WeightErrorJob&);
struct InstructionSet {
  Fill fill;
  int noise_lanes;
};
std::vector<InstructionSet> instruction_sets() {
  std::vector<InstructionSet> sets{
      {baseline::fill_weight_errors, baseline::kernels_of<float>(Substrate{}).noise_lanes}};
#if defined(__x86_64__)
  if (active_isa() >= Isa::avx2)
    sets.push_back({avx2::fill_weight_errors, avx2::kernels_of<float>(Substrate{}).noise_lanes});
  if (active_isa() >= Isa::avx512)
    sets.push_back(
        {avx512::fill_weight_errors, avx512::kernels_of<float>(Substrate{}).noise_lanes});
#endif
  return sets;
}

// Every packed weight gets the error of its coupling in its sample, wherever it is in whatever
// tiling and wherever the block of samples begins: neither has a say in the numbers.
TEST(WeightNoise, BelongsToItsCouplingAndSample) {
  const std::uint64_t seed = 0x123456789abcdef0;
  const std::uint32_t chunk = 0xfffffff0u;
  for (const auto& topology : test::sample_topologies())
    for (const Tiling& tiling : {tile_forward(*topology), tile_transposed(*topology)})
      for (std::size_t set = 0; set < instruction_sets().size(); ++set)
        for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{96},
                                          (std::uint64_t{1} << 36) - 3}) {
          const auto [fill, side] = instruction_sets()[set];
          const auto size = static_cast<std::size_t>(tiling.packed()) * kLanes;
          AlignedVector<std::int8_t> out(size + kLanes, 99);
          fill({seed, chunk, first, &tiling, out.data()});
          for (std::size_t k = 0; k < tiling.tiles.size(); ++k)
            for (std::int64_t w = 0; w < tiling.weights(k); ++w) {
              const auto coupling =
                  tiling.coupling[static_cast<std::size_t>(tiling.tiles[k].weight_begin + w)];
              if (coupling == tiling.couplings) continue;  // filled in
              for (int l = 0; l < kLanes; ++l)
                ASSERT_EQ(int{out[static_cast<std::size_t>(error_at(tiling, k, w, l, side))]},
                          weight_error(seed, chunk, first + static_cast<std::uint64_t>(l),
                                       static_cast<std::uint32_t>(coupling)))
                    << topology->description() << ", set " << set << ", from " << first
                    << ", coupling " << coupling << ", lane " << l;
            }
          for (std::size_t k = size; k < out.size(); ++k) ASSERT_EQ(out[k], 99);
        }
}

}  // namespace
}  // namespace phaseloom
