// SPDX-License-Identifier: MIT
// Heat and forces on units whose equilibrium is known: without couplings and quartic part, the
// potential J2 x^2 of a Langevin unit is a spring of stiffness k = 2 J2.

#include <gtest/gtest.h>

#include <cmath>

#include "engine/dynamics/simulator.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

constexpr double kSpring = 2;
constexpr double kStep = 0.05;
constexpr int kUnits = 1000, kSamples = 64;
// Statistical errors are allowed five times.
constexpr double kSigmas = 5;
constexpr double kNumbers = double(kUnits) * kSamples;

/// At rest at first, then for ten relaxation times: what is left of the start is e^-20 of a
/// variance.
Program springs() {
  Program program = make_program(substrate_named("langevin"), Topology::local({kUnits, 1, 1}, 0), 1,
                                 10 / kSpring, 0, 1);
  program.initial.width = 0;
  for (float& j2 : program.unit_values(0, 0)) j2 = static_cast<float>(kSpring / 2);
  for (float& j4 : program.unit_values(0, 1)) j4 = 0;
  return program;
}

/// Variance that Heun's scheme settles at instead of sigma^2 / (2 k), for h = k dt: each step
/// multiplies the state by 1 - h + h^2 / 2 and adds sigma sqrt(dt) (1 - h / 2) of a normal number.
double heun_variance(double wiener) {
  const double h = kSpring * kStep, keep = 1 - h + h * h / 2, add = 1 - h / 2;
  return wiener * wiener * kStep * add * add / (1 - keep * keep);
}

struct Moments {
  double mean = 0, variance = 0;
};

/// Of the lanes l with l % 2 == odd.
Moments moments(const Simulator& simulator, int odd) {
  std::vector<float> x(std::size_t{kUnits} * kSamples);
  simulator.read_state(x);
  Moments m;
  for (std::size_t k = odd != 0 ? 1 : 0; k < x.size(); k += 2) m.mean += double(x[k]);
  m.mean /= kNumbers / 2;
  for (std::size_t k = odd != 0 ? 1 : 0; k < x.size(); k += 2)
    m.variance += (double(x[k]) - m.mean) * (double(x[k]) - m.mean);
  m.variance /= kNumbers / 2;
  return m;
}

Simulator settled(const Hardware& hardware, double temperature, ThreadPool& pool,
                  std::span<const float> force = {}) {
  const int steps = static_cast<int>(std::lround(10 / kSpring / kStep));
  Simulator simulator(
      springs(), hardware,
      {.integrator = Integrator::heun, .steps_per_chunk = steps, .temperature = temperature},
      kSamples, pool);
  simulator.set_force(force);
  simulator.advance(steps);
  return simulator;
}

// <x^2> = kT / k, on ideal hardware; phase noise, which is a flaw, adds sigma^2 / 2 to kT.
TEST(Temperature, IsTheVarianceOfASpring) {
  ThreadPool pool(2);
  const double relative = kSigmas * std::sqrt(2 / (kNumbers / 2));
  for (const double temperature : {0.5, 0.05})
    for (const double flaw : {0.0, 0.4}) {
      const double kt = temperature + flaw * flaw / 2;
      const double expected = heun_variance(std::sqrt(2 * kt));
      EXPECT_NEAR(expected, kt / kSpring, 0.003 * kt / kSpring)
          << "the scheme's own error, h^2 / 4";
      const Simulator simulator = settled({.phase_noise = flaw}, temperature, pool);
      EXPECT_EQ(simulator.hardware().ideal(), flaw == 0);
      const Moments m = moments(simulator, 0);
      EXPECT_NEAR(m.variance, expected, relative * expected) << temperature << ", " << flaw;
      EXPECT_NEAR(m.mean, 0, kSigmas * std::sqrt(expected / (kNumbers / 2)));
    }
}

// The same noise, whether it comes from the bath or from the circuits: 2 kT = sigma^2.
TEST(Temperature, ShakesAsPhaseNoiseDoes) {
  ThreadPool pool(2);
  std::vector<float> warm(std::size_t{kUnits} * kSamples), flawed(warm), cold(warm);
  settled({}, 0.5, pool).read_state(warm);
  settled({.phase_noise = 1}, 0, pool).read_state(flawed);
  settled({}, 0, pool).read_state(cold);
  EXPECT_EQ(warm, flawed);
  for (const float x : cold) ASSERT_EQ(x, 0);
}

// <x> = f / k in the lanes that are pushed, 0 in the others; the variance stays.
TEST(Force, ShiftsTheMeanOfASpring) {
  ThreadPool pool(2);
  constexpr float force = 0.6f;
  std::vector<float> forces(std::size_t{kUnits} * kSamples);
  for (std::size_t k = 1; k < forces.size(); k += 2) forces[k] = force;
  for (const double temperature : {0.0, 0.2}) {
    const Simulator simulator = settled({}, temperature, pool, forces);
    const double variance = heun_variance(std::sqrt(2 * temperature));
    const double left = double(force) / kSpring * std::exp(-9.9);  // of the start
    const double statistical = kSigmas * std::sqrt(variance / (kNumbers / 2));
    const Moments pushed = moments(simulator, 1), others = moments(simulator, 0);
    EXPECT_NEAR(pushed.mean, double(force) / kSpring, left + statistical + 1e-6);
    EXPECT_NEAR(others.mean, 0, statistical);
    EXPECT_NEAR(pushed.variance, variance,
                kSigmas * std::sqrt(2 / (kNumbers / 2)) * variance + 1e-12);
  }
}

TEST(Temperature, BadOnesAreNamed) {
  ThreadPool pool(1);
  for (const double bad : {-0.1, 100.5, std::nan("")})
    EXPECT_THAT(
        error_of([&] { Simulator(springs(), {}, {.temperature = bad}, 1, pool); }),
        ::testing::AllOf(::testing::HasSubstr("temperature is"), ::testing::HasSubstr("0..100")));
}

}  // namespace
}  // namespace phaseloom
