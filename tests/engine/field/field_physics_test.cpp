// SPDX-License-Identifier: MIT
// What the equation of a field is known to do: energies that fall, orders of convergence, the
// temperature of its noise.

#include <gtest/gtest.h>

#include <cmath>

#include "engine/field/field.hpp"
#include "tests/engine/field/small_fields.hpp"

namespace phaseloom {
namespace {

using test::small_field;

// Statistical errors are allowed five times: one false alarm in two million, and the numbers are a
// fixed function of the seed anyway.
constexpr double kSigmas = 5;

TEST(FieldEnergy, IsThePlainSum) {
  ThreadPool pool(1);
  for (const KernelShape shape : test::all_kernel_shapes()) {
    const FieldSettings s = small_field(shape);
    Field field(s, pool);
    field.step(5);
    const double expected = test::plain_energy(s, field.phases());
    // 378 places of order 1, whose errors of some 3e-7 at most hardly add up.
    EXPECT_NEAR(field.energy(), expected, 3e-5) << name_of(shape);
    std::vector<float> energies(static_cast<std::size_t>(s.places()));
    field.read_energy(energies);
    double sum = 0;
    for (const float e : energies) sum += e;
    EXPECT_NEAR(sum, field.energy(), 1e-9);
  }
}

// Rates are minus the energy's gradient, which falls by |rate|^2 dt per step. Where that has become
// small, phases of up to π are rounded by 1.2e-7 in each of 378 places along a gradient that is
// small, too.
constexpr double kEnergyRounding = 1e-6;

TEST(FieldEnergy, NeverRisesWithoutFrequenciesAndNoise) {
  ThreadPool pool(1);
  for (const KernelShape shape : test::all_kernel_shapes())
    for (const double coupling : {1.5, -1.5}) {
      FieldSettings s = small_field(shape);
      s.coupling = coupling;
      s.spread = 0;
      s.dt = 0.05;
      Field field(s, pool);
      const double first = test::plain_energy(s, field.phases());
      double last = first, largest_rise = -1;
      for (int i = 0; i < 200; ++i) {
        field.step();
        const double now = test::plain_energy(s, field.phases());
        largest_rise = std::max(largest_rise, now - last);
        last = now;
      }
      EXPECT_LT(largest_rise, kEnergyRounding) << name_of(shape) << coupling;
      EXPECT_GT(first - last, 10) << name_of(shape) << coupling;
    }
}

/// Root mean square of the differences from a much finer run at time 2.
double error_of_steps(Integrator integrator, double dt, ThreadPool& pool) {
  const auto run = [&](Integrator method, double step) {
    FieldSettings s = small_field();
    s.integrator = method;
    s.dt = step;
    Field field(s, pool);
    field.step(static_cast<int>(std::lround(2 / step)));
    return field.phases();
  };
  const auto exact = run(Integrator::rk4, 1 / 32.), other = run(integrator, dt);
  double sum = 0;
  for (std::size_t i = 0; i < exact.size(); ++i)
    sum += std::pow(test::phase_distance(exact[i], other[i]), 2);
  return std::sqrt(sum / static_cast<double>(exact.size()));
}

// Halving steps divides the error by 2^order once steps are small; a quarter of an order is left
// for their not being so. Steps are as large as that allows, for the error to stand out from
// roundings, of about 1e-6.
TEST(FieldIntegrators, ConvergeWithTheirOrders) {
  ThreadPool pool(1);
  for (const auto& [integrator, dt] : {std::pair{Integrator::euler, 1 / 16.},
                                       {Integrator::midpoint, 1 / 8.},
                                       {Integrator::heun, 1 / 8.},
                                       {Integrator::rk4, 1 / 2.}}) {
    const double coarse = error_of_steps(integrator, dt, pool);
    const double fine = error_of_steps(integrator, dt / 2, pool);
    EXPECT_NEAR(std::log2(coarse / fine), tableau(integrator).order, 0.25)
        << name_of(integrator) << " " << coarse << " " << fine;
    EXPECT_GT(fine, 1e-5) << name_of(integrator);
  }
}

/// Uncoupled places from equal phases: Wiener processes.
FieldSettings free_field() {
  FieldSettings s;
  s.width = 70;
  s.height = 64;
  s.coupling = 0;
  s.noise = 0.2;
  s.dt = 0.05;
  s.start_width = 0;
  return s;
}

double mean_product(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * b[i];
  return sum / static_cast<double>(a.size());
}

TEST(FieldNoise, IsAWienerProcessOnEachPlace) {
  ThreadPool pool(1);
  const FieldSettings s = free_field();
  Field field(s, pool);
  field.step(10);
  const auto half = field.phases();
  field.step(10);
  const auto whole = field.phases();
  const double n = s.places(), variance = 0.2 * 0.2 * 0.05 * 10;
  EXPECT_NEAR(mean_product(half, half), variance, kSigmas * variance * std::sqrt(2 / n));
  EXPECT_NEAR(mean_product(whole, whole), 2 * variance, kSigmas * 2 * variance * std::sqrt(2 / n));
  EXPECT_NEAR(mean_product(whole, half), variance, kSigmas * variance * std::sqrt(3 / n));
  // Neighbours, and those whose numbers come of one block, know nothing of each other.
  for (const std::size_t shift : {1, 16, 32, 70, 71}) {
    auto shifted = half;
    std::rotate(shifted.begin(), shifted.begin() + static_cast<std::ptrdiff_t>(shift),
                shifted.end());
    EXPECT_NEAR(mean_product(shifted, half), 0, kSigmas * variance / std::sqrt(n)) << shift;
  }
}

TEST(FieldNoise, IsTheSameForAllIntegratorsAndAnotherForEachSeed) {
  ThreadPool pool(1);
  FieldSettings s = free_field();
  s.integrator = Integrator::euler;
  Field euler(s, pool);
  s.integrator = Integrator::rk4;
  Field rk4(s, pool);
  s.seed = 2;
  Field other(s, pool);
  for (Field* field : {&euler, &rk4, &other}) field->step(10);
  // A path is the sum of ten increments, rounded.
  EXPECT_LT(test::largest_distance(euler.phases(), rk4.phases()), 1e-6);
  EXPECT_NEAR(mean_product(rk4.phases(), other.phases()), 0,
              kSigmas * 0.02 / std::sqrt(double(s.places())));
}

// The XY model at J = 1 and low temperature, by a harmonic expansion with its first correction:
// E / N = -2 + T/2 + T^2/16. Noise of sigma is a bath of T = sigma^2 / 2. The average is over 50
// times of a relaxation of all but the longest waves, 4096 modes of T/2 each: its error is some
// 0.0003; half a per cent of T/2 is for the step's length and the next order.
TEST(FieldNoise, HasTheTemperatureOfTheXYModel) {
  ThreadPool pool(1);
  FieldSettings s;
  s.width = s.height = 64;
  s.kernel = {.shape = KernelShape::cross, .radius = 1};
  s.coupling = 4;
  s.start_width = 0;
  s.dt = 0.02;
  s.integrator = Integrator::heun;
  const double temperature = 0.1;
  s.noise = std::sqrt(2 * temperature);
  Field field(s, pool);
  field.step(1000);
  double energy = 0;
  constexpr int kTimes = 50;
  for (int i = 0; i < kTimes; ++i) {
    field.step(50);
    energy += field.energy() / s.places() / kTimes;
  }
  EXPECT_NEAR(energy, -2 + temperature / 2 + temperature * temperature / 16, 0.001);
  EXPECT_EQ(field.defect_count().all(), 0) << "vortices are for T near 0.9";
}

TEST(FieldFrequencies, HaveTheirDistributions) {
  ThreadPool pool(1);
  FieldSettings s;
  s.width = s.height = 100;
  s.spread = 0.7;
  const double n = s.places();
  const auto gaussian = Field(s, pool).frequencies();
  EXPECT_NEAR(mean_product(gaussian, gaussian), 0.49, kSigmas * 0.49 * std::sqrt(2 / n));
  s.frequencies = FrequencyShape::lorentzian;
  double within = 0, sum_of_signs = 0, largest = 0;
  for (const float w : Field(s, pool).frequencies()) {
    within += std::abs(w) < 0.7;
    sum_of_signs += w > 0 ? 1 : -1;
    largest = std::max(largest, std::abs(double(w)));
  }
  // Half of all are within the half-width; by the cut it is 0.6 % more.
  EXPECT_NEAR(within / n, 0.503, kSigmas * 0.5 / std::sqrt(n));
  EXPECT_NEAR(sum_of_signs / n, 0, kSigmas / std::sqrt(n));
  EXPECT_GT(largest, 30 * 0.7);
  EXPECT_LE(largest, kLorentzianCut * 0.7 * 1.0001);
}

TEST(FieldOrder, IsTheMeanOfAllDirections) {
  ThreadPool pool(1);
  FieldSettings s = small_field();
  Field field(s, pool);
  std::complex<double> mean = 0;
  for (const float p : field.phases()) mean += std::polar(1., double(p));
  mean /= s.places();
  EXPECT_NEAR(std::abs(field.mean_field() - mean), 0, 1e-6);  // errors of sines, 2e-7
  s.start_width = 0;
  EXPECT_NEAR(Field(s, pool).order_parameter(), 1, 1e-6);
}

// Phases that shrink exponentially become 0 before they are denormal numbers, which are slow.
TEST(Field, LockedPhasesAreZeroInTheEnd) {
  ThreadPool pool(1);
  FieldSettings s = small_field();
  s.coupling = 0;
  s.spread = 0;
  s.injection = 5;
  s.start_width = 1;
  Field field(s, pool);
  field.step(500);
  for (const float p : field.phases()) EXPECT_EQ(p, 0);
}

}  // namespace
}  // namespace phaseloom
