// SPDX-License-Identifier: MIT
#include "engine/thermo/recorded_run.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/dynamics/lane_major.hpp"
#include "engine/network/lyapunov.hpp"
#include "engine/support/random.hpp"
#include "engine/thermo/heat.hpp"
#include "engine/thermo/machine.hpp"
#include "tests/engine/thermo/warm_network.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

// Forces are single precision: energies from them agree to a few units in the sixth digit.
constexpr double kRounding = 2e-5;

Program computer() {
  ThermoSetup setup;
  setup.picture = {5, 4};
  setup.hidden = 6;
  setup.labels = 2;
  setup.dt = 0.025;
  auto parameters = make_thermo_parameters<float>(setup);
  RandomSequence random(3, Stream::weight_init);
  for (int i = 0; i < setup.units(); ++i) {
    parameters.bias[static_cast<std::size_t>(i)] = static_cast<float>(0.1 * random.normal());
    for (int label = 0; label < setup.labels; ++label)
      parameters.label_coupling(label, i) = static_cast<float>(0.2 * random.normal());
    for (int h = 0; h < setup.hidden; ++h) {
      if (i >= setup.visible() && i - setup.visible() >= h) continue;
      const auto j = static_cast<float>(0.3 * random.normal());
      parameters.coupling(i, h) = j;
      if (i >= setup.visible()) parameters.coupling(setup.visible() + h, i - setup.visible()) = j;
    }
  }
  return thermo_program(setup, parameters);
}

TEST(RecordedRun, ThePotentialFollowsFromTheForce) {
  const Program program = computer();
  ThreadPool pool(2);
  constexpr int lanes = 3;
  Simulator simulator(program, {}, settings_of(program), lanes, pool);
  simulator.advance(150);  // in the second chunk
  std::vector<float> state(static_cast<std::size_t>(program.topology->units()) * lanes),
      force(state);
  simulator.read_state(state);
  simulator.read_rate(force);
  const auto potential = potential_from_force(program, 1, state, force, lanes);
  for (int lane = 0; lane < lanes; ++lane) {
    std::vector<float> own;
    for (std::size_t k = static_cast<std::size_t>(lane); k < state.size(); k += lanes)
      own.push_back(state[k]);
    const double expected = lyapunov_energy(program, 1, own);
    EXPECT_NEAR(potential[static_cast<std::size_t>(lane)], expected,
                kRounding * (1 + std::abs(expected)));
  }
}

TEST(RecordedRun, EndsWhereTheRunEndsWithItsHeat) {
  const Program program = computer();
  ThreadPool pool(2);
  const RunSettings settings = settings_of(program);
  std::vector<ThermoMoment> moments;
  record_run(program, {}, settings, 4, 11, pool, [&](ThermoMoment moment) {
    moments.push_back(std::move(moment));
    return true;
  });
  ASSERT_EQ(moments.size(), 11u);
  EXPECT_EQ(moments.front().time, 0);
  EXPECT_NEAR(moments.back().time, 2.5, 1e-9);
  for (const double heat : moments.front().heat) EXPECT_EQ(heat, 0);
  const ThermoRun run = run_thermo(program, {}, settings, 4, pool);
  for (std::size_t lane = 0; lane < 4; ++lane) {
    EXPECT_NEAR(moments.back().heat[lane], run.heat[lane],
                kRounding * (1 + std::abs(run.heat[lane])));
    EXPECT_EQ(moments.back().state[lane], run.states[lane * 20]) << "the first unit";
  }
}

// Moments fall on borders of chunks, or beside them.
TEST(RecordedRun, HeatIsCountedAcrossChunks) {
  const Program program = test::warm_network();
  ThreadPool pool(2);
  const RunSettings settings = settings_of(program);
  constexpr int lanes = 4;
  const ThermoRun run = run_thermo(program, {}, settings, lanes, pool);
  for (const int count : {2, 4, 8}) {
    std::vector<ThermoMoment> moments;
    record_run(program, {}, settings, lanes, count, pool, [&](ThermoMoment moment) {
      moments.push_back(std::move(moment));
      return true;
    });
    ASSERT_EQ(moments.size(), std::size_t(count));
    EXPECT_NEAR(moments.back().time, heated_duration(program), 1e-9);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      EXPECT_EQ(moments.front().heat[lane], 0);
      EXPECT_NEAR(moments.back().heat[lane], run.heat[lane],
                  kRounding * (1 + std::abs(run.heat[lane])))
          << count;
    }
  }
}

TEST(RecordedRun, LabelsAreInThePotential) {
  const Program program = test::warm_network();
  ThreadPool pool(1);
  Simulator simulator(program, {}, settings_of(program), 2, pool);
  simulator.advance(30);
  std::vector<float> state(static_cast<std::size_t>(program.topology->units()) * 2), force(state);
  simulator.read_state(state);
  simulator.read_rate(force);
  const auto potential = potential_from_force(program, 1, state, force, 2);
  const auto samples = lane_major(state, 2);
  const std::size_t units = samples.size() / 2;
  for (std::size_t lane = 0; lane < 2; ++lane) {
    const double expected =
        lyapunov_energy(program, 1, std::span(samples).subspan(lane * units, units));
    EXPECT_NEAR(potential[lane], expected, kRounding * (1 + std::abs(expected)));
  }
}

TEST(RecordedRun, StopsWhenNobodyLooks) {
  const Program program = computer();
  ThreadPool pool(1);
  int seen = 0;
  record_run(program, {}, settings_of(program), 1, 11, pool,
             [&](const ThermoMoment&) { return ++seen < 3; });
  EXPECT_EQ(seen, 3);
}

TEST(RecordedRun, OnlyWhatHasAPotentialGivesOffHeat) {
  Program program = computer();
  program.tied = false;
  ThreadPool pool(1);
  EXPECT_THAT(error_of([&] {
                record_run(program, {}, settings_of(program), 1, 2, pool,
                           [](const ThermoMoment&) { return true; });
              }),
              HasSubstr("not symmetric"));
}

}  // namespace
}  // namespace phaseloom
