// SPDX-License-Identifier: MIT
// That a field is what the general engine makes of the same network, however it is computed.

#include "engine/field/field.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/dynamics/simulator.hpp"
#include "tests/engine/field/small_fields.hpp"

namespace phaseloom {
namespace {

using test::small_field;

/// The field's network with a weight for each coupling.
Program general_program(const Field& field, int steps) {
  const FieldSettings& s = field.settings();
  const CouplingKernel kernel(s.kernel);
  std::vector<std::int64_t> row_begin{0};
  std::vector<std::int32_t> sources;
  std::vector<float> weights;
  for (int y = 0; y < s.height; ++y)
    for (int x = 0; x < s.width; ++x) {
      std::vector<std::pair<std::int32_t, double>> row;
      test::each_neighbour(kernel, s.width, s.height, x, y,
                           [&](int other, double weight) { row.emplace_back(other, weight); });
      std::ranges::sort(row);
      for (const auto& [other, weight] : row) {
        sources.push_back(other);
        weights.push_back(static_cast<float>(s.coupling * weight));
      }
      row_begin.push_back(static_cast<std::int64_t>(sources.size()));
    }
  auto topology = Topology::from_rows({s.width, s.height, 1}, s.places(), std::move(row_begin),
                                      std::move(sources), "torus", "test");
  Program program =
      make_program(substrate_named("kuramoto_shil"), std::move(topology), 1, steps * s.dt, 0, 1);
  std::ranges::copy(weights, program.weights(0).begin());
  std::ranges::copy(field.frequencies(), program.unit_values(0, 0).begin());
  std::ranges::fill(program.unit_values(0, 3), static_cast<float>(s.injection));
  return program;
}

std::vector<float> general_run(const Field& field, int steps, ThreadPool& pool) {
  Simulator simulator(general_program(field, steps), {},
                      {.integrator = field.settings().integrator, .steps_per_chunk = steps}, 1,
                      pool);
  simulator.restore(field.phases(), 0);
  simulator.advance(steps);
  std::vector<float> end(static_cast<std::size_t>(field.settings().places()));
  simulator.read_state(end);
  return end;
}

// Each step both round a phase of up to π (or, unwrapped, a few π) to 2.4e-7 or less, and a rate of
// order 1 by 2e-7 of a sine and as much of its sums, times dt: 3e-7, in 10 steps 3e-6. Within their
// time of 1 differences grow by exp(K + 2 S) = 10 at the very most; places that grow typically do
// so by 2.
constexpr double kAgreement = 1e-5;
constexpr int kSteps = 10;

TEST(Field, StepsAsTheGeneralEngineDoes) {
  ThreadPool pool(1);
  for (const KernelShape shape : test::all_kernel_shapes())
    for (const Integrator integrator :
         {Integrator::euler, Integrator::midpoint, Integrator::heun, Integrator::rk4}) {
      FieldSettings s = small_field(shape);
      s.integrator = integrator;
      Field field(s, pool);
      const auto start = field.phases();
      const auto expected = general_run(field, kSteps, pool);
      field.step(kSteps);
      EXPECT_LT(test::largest_distance(field.phases(), expected), kAgreement)
          << name_of(shape) << " " << name_of(integrator);
      EXPECT_GT(test::largest_distance(field.phases(), start), 0.5) << "nothing happened";
    }
}

TEST(Field, StepsAsTheGeneralEngineDoesOnToriOfAllSizes) {
  ThreadPool pool(1);
  for (const auto& [width, height, radius] :
       {std::tuple{4, 4, 1}, {5, 70, 2}, {64, 9, 4}, {33, 17, 8}, {80, 19, 9}}) {
    FieldSettings s = small_field();
    s.width = width;
    s.height = height;
    s.kernel.radius = radius;
    Field field(s, pool);
    const auto expected = general_run(field, kSteps, pool);
    field.step(kSteps);
    EXPECT_LT(test::largest_distance(field.phases(), expected), kAgreement)
        << width << " x " << height;
  }
}

TEST(Field, IsTheSameBitsForAnyNumberOfThreads) {
  FieldSettings s = small_field(KernelShape::difference);
  s.width = 70;
  s.height = 75;
  s.noise = 0.3;
  s.integrator = Integrator::heun;
  std::vector<float> phases, frequencies;
  double energy = 0;
  std::complex<double> mean;
  for (const int threads : {1, 2, 3}) {
    ThreadPool pool(threads);
    Field field(s, pool);
    field.step(7);
    field.disturb(3, 5, 9, Disturbance::scatter);
    field.step(7);
    if (threads == 1) {
      phases = field.phases();
      frequencies = field.frequencies();
      energy = field.energy();
      mean = field.mean_field();
    }
    EXPECT_EQ(field.phases(), phases) << threads;
    EXPECT_EQ(field.frequencies(), frequencies);
    EXPECT_EQ(field.energy(), energy);
    EXPECT_EQ(field.mean_field(), mean);
  }
}

TEST(Field, StepsOneByOneAreStepsTogether) {
  ThreadPool pool(1);
  FieldSettings s = small_field();
  s.noise = 0.2;
  Field one(s, pool), together(s, pool);
  for (int i = 0; i < 6; ++i) one.step();
  together.step(6);
  EXPECT_EQ(one.phases(), together.phases());
  EXPECT_EQ(one.steps(), 6);
  EXPECT_DOUBLE_EQ(one.time(), 0.6);
}

// Phases that do not depend on which way a place's neighbours are taken: every place does the same.
TEST(Field, EqualPhasesStayEqual) {
  ThreadPool pool(1);
  for (const KernelShape shape : test::all_kernel_shapes()) {
    FieldSettings s = small_field(shape);
    s.spread = 0;
    Field field(s, pool);
    field.set(std::vector<float>(static_cast<std::size_t>(s.places()), 1.f));
    field.step(50);
    const auto phases = field.phases();
    EXPECT_EQ(phases, std::vector<float>(phases.size(), phases[0])) << name_of(shape);
    EXPECT_LT(std::abs(phases[0]), 0.1) << "injection pulls all of them to 0";
  }
}

TEST(Field, RestartGoesBackToTheBeginning) {
  ThreadPool pool(1);
  FieldSettings s = small_field();
  s.noise = 0.2;
  Field field(s, pool);
  const auto start = field.phases();
  field.disturb(4, 4, 3, Disturbance::scatter);
  field.step(5);
  const auto end = field.phases();
  field.restart();
  EXPECT_EQ(field.phases(), start);
  EXPECT_EQ(field.steps(), 0);
  EXPECT_EQ(field.time(), 0);
  field.disturb(4, 4, 3, Disturbance::scatter);
  field.step(5);
  EXPECT_EQ(field.phases(), end);
  s.seed = 2;
  field.set_settings(s);
  EXPECT_EQ(field.phases(), end) << "a seed counts from the next restart";
  field.restart();
  EXPECT_NE(field.phases(), start);
}

TEST(Field, SettingsCountFromTheNextStep) {
  ThreadPool pool(1);
  const FieldSettings before = small_field();
  FieldSettings after = small_field(KernelShape::difference);  // of two parts: needs more memory
  after.coupling = -2;
  after.spread = 1;
  after.frequencies = FrequencyShape::lorentzian;
  after.integrator = Integrator::rk4;
  Field changed(before, pool), fresh(after, pool);
  changed.step(3);
  const auto phases = changed.phases();
  changed.set_settings(after);
  EXPECT_EQ(changed.phases(), phases);
  EXPECT_EQ(changed.steps(), 3);
  EXPECT_EQ(changed.settings(), after);
  EXPECT_EQ(changed.frequencies(), fresh.frequencies());
  fresh.set(phases);
  changed.step(3);
  fresh.step(3);
  EXPECT_EQ(changed.phases(), fresh.phases());
}

TEST(Field, SetWrapsPhases) {
  ThreadPool pool(1);
  FieldSettings s = small_field();
  Field field(s, pool);
  std::vector<float> phases(static_cast<std::size_t>(s.places()));
  for (std::size_t i = 0; i < phases.size(); ++i) phases[i] = static_cast<float>(i) - 150;
  field.set(phases);
  const auto kept = field.phases();
  for (std::size_t i = 0; i < phases.size(); ++i) {
    EXPECT_LE(std::abs(kept[i]), float(test::kPi));
    EXPECT_LT(test::phase_distance(kept[i], phases[i]), 1e-6);  // half the last digit kept of π
  }
  field.step(200);
  for (const float phase : field.phases()) EXPECT_LE(std::abs(phase), float(test::kPi) + 1e-6f);
}

}  // namespace
}  // namespace phaseloom
