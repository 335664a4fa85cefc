// SPDX-License-Identifier: MIT
#include "engine/hardware/hardware.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "engine/hardware/quantisation.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

Program dense(int units, int chunks, std::uint64_t seed = 3) {
  return make_program(substrate_named("kuramoto_shil"), Topology::all_to_all({units, 1, 1}, units),
                      chunks, 0.5, 0.1, seed);
}

Program tied(int units, int chunks) {
  Program program = dense(units, chunks);
  program.tied = true;
  symmetrise(program, program.values);
  return program;
}

void expect_tied(const Program& program) {
  const Topology& t = *program.topology;
  for (int chunk = 0; chunk < program.chunks(); ++chunk)
    for (int i = 0; i < t.units(); ++i)
      for (int j = 0; j < i; ++j)
        EXPECT_EQ(program.weights(chunk)[t.find(i, j)], program.weights(chunk)[t.find(j, i)]);
}

int zeros(std::span<const float> weights) {
  return static_cast<int>(std::count(weights.begin(), weights.end(), 0.f));
}

std::string message_of(const Hardware& hardware) {
  try {
    validate(hardware);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Hardware, ValidateNamesFieldAndRange) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(message_of({}), "");
  EXPECT_EQ(message_of({.bits = 8, .density = 1e-6, .mismatch = 10, .weight_noise = 10}), "");
  for (const int bits : {-1, 9, 1 << 20})
    EXPECT_THAT(message_of({.bits = bits}),
                AllOf(HasSubstr("bits is " + std::to_string(bits)), HasSubstr("1..8")));
  for (const double density : {0., -0.5, 1.0001, nan, inf})
    EXPECT_THAT(message_of({.density = density}),
                AllOf(HasSubstr("density is"), HasSubstr("above 0 and at most 1")));
  for (const double noise : {-1e-9, 10.5, nan, inf}) {
    EXPECT_THAT(message_of({.mismatch = noise}),
                AllOf(HasSubstr("mismatch is"), HasSubstr("0..10")));
    EXPECT_THAT(message_of({.weight_noise = noise}), HasSubstr("weight_noise is"));
    EXPECT_THAT(message_of({.phase_noise = noise}), HasSubstr("phase_noise is"));
  }
  EXPECT_THROW(realise(dense(3, 1), {.bits = 9}), Error);
}

TEST(Hardware, IdealHardwareChangesNothing) {
  const Program program = dense(12, 3);
  EXPECT_EQ(realise(program, {}).values, program.values);
  // Noise that is redrawn per sample or step is the simulator's.
  EXPECT_EQ(realise(program, {.weight_noise = 0.1, .phase_noise = 0.1}).values, program.values);
}

TEST(Hardware, RealiseQuantisesEachChunkOnItsOwn) {
  Program program = dense(20, 3);
  for (float& w : program.weights(1)) w *= 100;
  program.weights(2)[5] = 0;
  for (int bits = 1; bits <= 8; ++bits)
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric}) {
      const Program held = realise(program, {.bits = bits, .grid = grid});
      for (int chunk = 0; chunk < 3; ++chunk) {
        const float scale = quantisation_scale(std::as_const(program).weights(chunk), bits, grid);
        std::set<float> levels;
        for (std::size_t i = 0; i < held.weights(chunk).size(); ++i) {
          EXPECT_EQ(held.weights(chunk)[i], quantise(program.weights(chunk)[i], scale, bits, grid));
          levels.insert(held.weights(chunk)[i]);
        }
        EXPECT_LE(levels.size(), std::size_t(1) << bits | std::size_t(bits == 1));
      }
      EXPECT_EQ(held.weights(2)[5], 0);
      for (int p = 0; p < program.unit_parameters(); ++p)
        EXPECT_TRUE(std::ranges::equal(held.unit_values(1, p), program.unit_values(1, p)));
    }
}

// Weights that are on the grid already (a trained +-1 Ising problem, say) are held exactly.
TEST(Hardware, ProgramsOnTheGridAreUnchanged) {
  Program program = dense(9, 1);
  const auto weights = program.weights(0);
  for (const int bits : {2, 3, 4, 8})
    for (const auto grid : {BitGrid::twos_complement, BitGrid::symmetric}) {
      const int top = (1 << (bits - 1)) - 1;
      for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = 0.125f * float(int(i) % (2 * top + 1) - top);
      EXPECT_EQ(realise(program, {.bits = bits, .grid = grid}).values, program.values) << bits;
    }
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = i % 3 == 0 ? -0.5f : 0.5f;
  EXPECT_EQ(realise(program, {.bits = 1, .grid = BitGrid::symmetric}).values, program.values);
}

TEST(Hardware, AllZeroWeightsStayZero) {
  Program program = dense(4, 2);
  std::ranges::fill(program.weights(0), 0.f);
  for (int bits = 1; bits <= 8; ++bits)
    EXPECT_EQ(zeros(realise(program, {.bits = bits, .mismatch = 0.5}).weights(0)), 12);
}

TEST(Hardware, DensityKeepsTheLargestInAllChunksAlike) {
  const Program program = dense(20, 3);
  const int couplings = static_cast<int>(program.topology->couplings());
  for (const double density : {1e-9, 0.01, 0.25, 0.5, 0.777, 0.999}) {
    const Program held = realise(program, {.density = density});
    const int kept = static_cast<int>(std::lround(density * couplings));
    double least_kept = 1e9, most_pruned = 0;
    for (int chunk = 0; chunk < 3; ++chunk) EXPECT_EQ(zeros(held.weights(chunk)), couplings - kept);
    for (int i = 0; i < couplings; ++i) {
      double square = 0;
      for (int chunk = 0; chunk < 3; ++chunk) {
        square += std::pow(program.weights(chunk)[i], 2);
        EXPECT_EQ(held.weights(chunk)[i] == 0, held.weights(0)[i] == 0);
        if (held.weights(chunk)[i] != 0) {
          EXPECT_EQ(held.weights(chunk)[i], program.weights(chunk)[i]);
        }
      }
      if (held.weights(0)[i] != 0)
        least_kept = std::min(least_kept, square);
      else
        most_pruned = std::max(most_pruned, square);
    }
    EXPECT_GE(least_kept, most_pruned);
    EXPECT_EQ(held.topology, program.topology);
  }
}

// A lower density keeps nothing that a higher one does not.
TEST(Hardware, RanksTellWhatEachDensityKeeps) {
  for (const Program& program : {dense(20, 3), tied(20, 2)}) {
    const auto ranks = pruning_ranks(program);
    for (const double density : {0.01, 0.25, 0.5, 0.9, 1.0}) {
      // An even number of couplings, so that pairs fit.
      const double room = 2 * std::round(density * double(ranks.size()) / 2);
      const auto keep = kept_couplings(program, room / double(ranks.size()));
      for (std::size_t i = 0; i < ranks.size(); ++i)
        EXPECT_EQ(keep[i] == 1, ranks[i] <= room) << i << " at " << density;
    }
  }
}

TEST(Hardware, EqualMagnitudesArePrunedFromTheEnd) {
  Program program = dense(4, 1);
  for (std::size_t i = 0; i < 12; ++i) program.weights(0)[i] = i % 2 ? 0.5f : -0.5f;
  const Program held = realise(program, {.density = 0.5});
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(held.weights(0)[i] != 0, i < 6) << i;
}

TEST(Hardware, QuantisationSeesThePrunedWeights) {
  const Program program = dense(12, 2);
  const Program pruned = realise(program, {.density = 0.3});
  const Program held = realise(program, {.bits = 3, .density = 0.3});
  EXPECT_EQ(held.values, realise(pruned, {.bits = 3}).values);
  const Program one = realise(program, {.bits = 1, .grid = BitGrid::symmetric, .density = 0.3});
  EXPECT_EQ(zeros(one.weights(0)), zeros(pruned.weights(0)));
}

// Mean and standard deviation of the relative error within 5 standard errors of the estimators.
TEST(Hardware, MismatchStatistics) {
  const Program program = dense(120, 2);
  const double width = 0.1;
  const Program held = realise(program, {.mismatch = width, .device = 5});
  const std::size_t n = program.weights(0).size();
  std::vector<double> e(n);
  double mean = 0, square = 0, neighbours = 0;
  for (std::size_t i = 0; i < n; ++i) {
    e[i] = double(held.weights(0)[i]) / program.weights(0)[i] - 1;
    // One device holds the weights of all chunks.
    EXPECT_NEAR(e[i], double(held.weights(1)[i]) / program.weights(1)[i] - 1, 1e-6);
    mean += e[i] / double(n);
    square += e[i] * e[i] / double(n);
    if (i > 0) neighbours += e[i] * e[i - 1] / double(n);
  }
  const double root_n = std::sqrt(double(n));
  EXPECT_NEAR(mean, 0, 5 * width / root_n);
  EXPECT_NEAR(square, width * width, 5 * width * width * std::sqrt(2.) / root_n);
  EXPECT_NEAR(neighbours, 0, 5 * width * width / root_n);
}

TEST(Hardware, MismatchIsOfTheDevice) {
  const Program program = dense(10, 2);
  const Hardware first{.mismatch = 0.1, .device = 1};
  Hardware second = first;
  second.device = 1ull << 40 | 1;
  EXPECT_EQ(realise(program, first).values, realise(program, first).values);
  EXPECT_NE(realise(program, first).values, realise(program, second).values);
  // The error is the device's, not the program's: another program meets the same relative errors.
  const Program other = dense(10, 2, 77);
  const Program a = realise(program, first), b = realise(other, first);
  for (std::size_t i = 0; i < program.weights(0).size(); ++i)
    EXPECT_NEAR(a.weights(0)[i] / program.weights(0)[i], b.weights(0)[i] / other.weights(0)[i],
                1e-6);
  for (int p = 0; p < program.unit_parameters(); ++p)
    EXPECT_TRUE(std::ranges::equal(a.unit_values(0, p), program.unit_values(0, p)));
}

TEST(Hardware, TiedProgramsStayTied) {
  const Program program = tied(15, 2);
  expect_tied(program);
  for (const double density : {0.1, 0.5, 0.33, 1.}) {
    const Program held =
        realise(program, {.bits = 4, .density = density, .mismatch = 0.2, .device = 9});
    expect_tied(held);
  }
  // 210 couplings: round(0.33 * 210) = 69 is odd, and pairs go together.
  EXPECT_EQ(zeros(realise(program, {.density = 0.33}).weights(0)), 210 - 68);
  EXPECT_EQ(zeros(realise(program, {.density = 0.5}).weights(0)), 210 - 105 + 1);
}

// A tied program may have couplings without a partner; one fits where a pair does not.
TEST(Hardware, TiedProgramWithOneWayCouplings) {
  // 0 <- 1, 0 <- 2, 1 <- 0
  const auto topology =
      Topology::from_rows({3, 1, 1}, 3, {0, 2, 3, 3}, {1, 2, 0}, "three wires", "test");
  Program program = make_program(substrate_named("kuramoto"), topology, 1, 1, 0, 1);
  program.tied = true;
  const auto weights = program.weights(0);
  weights[0] = weights[2] = 0.5f;
  weights[1] = 0.1f;
  const auto kept = [&](double density) {
    const Program held = realise(program, {.density = density});
    return std::vector<float>(held.weights(0).begin(), held.weights(0).end());
  };
  EXPECT_THAT(kept(2 / 3.), ::testing::ElementsAre(0.5f, 0, 0.5f));
  EXPECT_THAT(kept(1 / 3.), ::testing::ElementsAre(0, 0.1f, 0));
  const Program held = realise(program, {.mismatch = 0.3});
  EXPECT_EQ(held.weights(0)[0], held.weights(0)[2]);
}

}  // namespace
}  // namespace phaseloom
