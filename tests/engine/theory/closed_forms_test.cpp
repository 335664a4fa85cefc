// SPDX-License-Identifier: MIT
// Closed forms against plain numerical work.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/support/random.hpp"
#include "engine/theory/crowd.hpp"
#include "engine/theory/double_well.hpp"
#include "engine/theory/memory.hpp"
#include "engine/theory/two_oscillators.hpp"

namespace phaseloom {
namespace {

TEST(TwoOscillators, LagIsAtRestAndStable) {
  for (const double coupling : {0.3, 1.0, -0.7})
    for (const double share : {-0.99, -0.5, 0.0, 0.2, 0.9}) {
      const double detuning = share * 2 * coupling;
      ASSERT_TRUE(locks(detuning, coupling));
      const double lag = locked_lag(detuning, coupling);
      EXPECT_NEAR(detuning - 2 * coupling * std::sin(lag), 0, 1e-12);
      EXPECT_GT(2 * coupling * std::cos(lag), 0) << "a push away from it grows";
      EXPECT_EQ(beat_frequency(detuning, coupling), 0);
    }
}

TEST(TwoOscillators, BeatIsOneTurnOverItsTime) {
  // dt = dφ / (Δω − 2K sin φ), summed over a turn: periodic, so the midpoint rule is exact soon.
  for (const double detuning : {2.1, -3.0, 10.0}) {
    constexpr int kPieces = 4000;
    double turn = 0;
    for (int i = 0; i < kPieces; ++i)
      turn += 1 / (detuning - 2 * std::sin(2 * std::numbers::pi * (i + 0.5) / kPieces));
    EXPECT_FALSE(locks(detuning, 1));
    EXPECT_NEAR(beat_frequency(detuning, 1), kPieces / turn, 1e-9 * std::abs(detuning));
  }
}

TEST(Crowd, OrderSolvesTheEquationOfConsistency) {
  // r = K r ∫ cos² φ g(K r sin φ) dφ over the locked ones, g a Lorentzian of half width γ.
  constexpr double kGamma = 0.5;
  for (const double coupling : {1.01, 1.3, 2.0, 5.0}) {
    const double r = crowd_order(coupling, kGamma);
    constexpr int kPieces = 20000;
    double sum = 0;
    for (int i = 0; i < kPieces; ++i) {
      const double phi = std::numbers::pi * ((i + 0.5) / kPieces - 0.5);
      const double omega = coupling * r * std::sin(phi);
      sum += std::cos(phi) * std::cos(phi) * kGamma /
             (std::numbers::pi * (omega * omega + kGamma * kGamma));
    }
    EXPECT_NEAR(coupling * sum * std::numbers::pi / kPieces, 1, 1e-6) << coupling;
  }
  EXPECT_EQ(crowd_order(0.99, kGamma), 0);
  EXPECT_EQ(critical_coupling(kGamma), 1);
}

TEST(DoubleWell, WellsAndBarrierAreThoseOfThePotential) {
  const DoubleWell well{-1.5, 0.8};
  const double at = well.minimum();
  EXPECT_NEAR(2 * well.j2 * at + 4 * well.j4 * at * at * at, 0, 1e-12);
  EXPECT_NEAR(well.barrier(), -well.potential(at), 1e-12);
}

TEST(DoubleWell, PassageTimeIsWhatPlainSimulationFinds) {
  // 2,000 walkers at ΔV/kT = 2: 2 % of chance, and about 2 % of steps of 0.002.
  const DoubleWell well{-1, 1};
  const double kT = well.barrier() / 2, dt = 0.002;
  RandomSequence random(1, Stream::topology);
  double sum = 0;
  constexpr int kWalkers = 2000;
  for (int i = 0; i < kWalkers; ++i) {
    double x = -well.minimum(), time = 0;
    for (; x < well.minimum(); time += dt)
      x += -(2 * well.j2 * x + 4 * well.j4 * x * x * x) * dt +
           std::sqrt(2 * kT * dt) * random.normal();
    sum += time;
  }
  EXPECT_NEAR(sum / kWalkers / well.passage_time(kT), 1, 0.07);
}

TEST(DoubleWell, KramersIsTheMeanFirstPassageTimeOfHighBarriers) {
  const DoubleWell well{-1, 1};
  for (const double barriers : {6.0, 10.0}) {
    const double kT = well.barrier() / barriers;
    const double exact = well.passage_time(kT);
    // Kramers' is the leading term; the next is about kT / ΔV (*).
    EXPECT_NEAR(well.escape_time(kT) / exact, 1, 1.2 / barriers) << barriers;
  }
}

TEST(BoltzmannDensity, IsNormalisedAndWeighsAsTheExponential) {
  for (const double kT : {0.02, 0.1, 1.0}) {
    const BoltzmannDensity density({-1, 1}, kT);
    EXPECT_NEAR(density.mass(-10, 10), 1, 1e-6);
    EXPECT_NEAR(density.mass(0, 10), 0.5, 1e-6);
    const DoubleWell well{-1, 1};
    const double between = well.potential(0.9) - well.potential(0.5);
    EXPECT_NEAR(std::log(density(0.5) / density(0.9)) * kT, between, 1e-9);
  }
}

TEST(Memory, APatternStandsStillUnderItsOwnCouplings) {
  RandomSequence random(3, Stream::topology);
  std::vector<Pattern> patterns(2, Pattern(200));
  for (Pattern& pattern : patterns)
    for (auto& bit : pattern) bit = random.below(2) == 1 ? 1 : -1;
  for (int i = 0; i < 200; ++i) {
    double field = 0;
    for (int j = 0; j < 200; ++j)
      if (j != i) field += hebb_weight(patterns, i, j) * patterns[0][static_cast<std::size_t>(j)];
    EXPECT_GT(field * patterns[0][static_cast<std::size_t>(i)], 0) << i;
  }
  const std::vector<float> same(patterns[0].begin(), patterns[0].end());
  EXPECT_EQ(pattern_overlap(patterns[0], same), 1);
  EXPECT_LT(std::abs(pattern_overlap(patterns[1], same)), 0.25);  // 3.5 standard deviations
}

}  // namespace
}  // namespace phaseloom
