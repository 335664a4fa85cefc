// SPDX-License-Identifier: MIT
#include "engine/thermo/heat.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/network/lyapunov.hpp"
#include "engine/network/uncoupled.hpp"
#include "tests/engine/thermo/plain_machine.hpp"
#include "tests/engine/thermo/warm_network.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

/// Of one lane.
State lane_of(const std::vector<float>& states, int lane, int lanes) {
  State out;
  for (auto k = static_cast<std::size_t>(lane); k < states.size();
       k += static_cast<std::size_t>(lanes))
    out.push_back(double(states[k]));
  return out;
}

std::vector<float> state_of(const Simulator& simulator) {
  std::vector<float> x(static_cast<std::size_t>(simulator.ideal().topology->units()) *
                       static_cast<std::size_t>(simulator.lanes()));
  simulator.read_state(x);
  return x;
}

/// Of each lane from here to the end. The force does the work -dV/dx dx on the bath in every step;
/// along the straight line of a step it is a polynomial of third order, whose integral Simpson's
/// rule has exactly.
/// @param slope dV/dx of a chunk at a state
template <class Slope>
std::vector<double> work_on_the_bath(Simulator& simulator, const Slope& slope) {
  const int lanes = simulator.lanes();
  auto before = state_of(simulator);
  std::vector<double> work(static_cast<std::size_t>(lanes));
  while (!simulator.finished()) {
    const int chunk = simulator.chunk();
    simulator.advance(1);
    const auto after = state_of(simulator);
    for (int l = 0; l < lanes; ++l) {
      const State x = lane_of(before, l, lanes), next = lane_of(after, l, lanes);
      State middle(x);
      for (std::size_t i = 0; i < x.size(); ++i) middle[i] = (x[i] + next[i]) / 2;
      const State a = slope(chunk, x), b = slope(chunk, middle), c = slope(chunk, next);
      for (std::size_t i = 0; i < x.size(); ++i)
        work[static_cast<std::size_t>(l)] -= (next[i] - x[i]) * (a[i] + 4 * b[i] + c[i]) / 6;
    }
    before = after;
  }
  return work;
}

TEST(ThermoHeat, IsTheWorkOfTheForcesOnTheBath) {
  ThreadPool pool(2);
  const ThermoSetup setup = small_setup();
  const auto parameters = random_parameters<float>(setup, 0.5);
  const Program program = thermo_program(setup, parameters);
  RunSettings settings = settings_of(program);
  settings.seed = 3;
  constexpr int kLanes = 3;
  const ThermoRun run = run_thermo(program, {}, settings, kLanes, pool);

  Simulator simulator(program, {}, settings, kLanes, pool);
  simulator.advance(setup.steps());
  const auto heat = work_on_the_bath(
      simulator, [&](int, const State& x) { return slope_of(setup, parameters, x); });
  constexpr double kRounding = 1e-9;  // of 300 steps' sums in double
  for (int l = 0; l < kLanes; ++l) {
    EXPECT_GT(std::abs(heat[l]), 0.1) << "or nothing is tested";
    EXPECT_NEAR(run.heat[l], heat[l], kRounding);
  }
  const auto end = state_of(simulator);
  for (int l = 0; l < kLanes; ++l)
    for (int i = 0; i < setup.visible(); ++i)
      EXPECT_EQ(run.states[static_cast<std::size_t>(l * setup.visible() + i)],
                end[static_cast<std::size_t>(i * kLanes + l)]);
}

/// dV/dx_i of the free units under a chunk's parameters, straight from these.
State slope_of(const Program& program, int chunk, const State& x) {
  const Topology& topology = *program.topology;
  State slope(x.size());
  for (int i = 0; i < topology.first_label(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double j2 = program.unit_values(chunk, 0)[at], j4 = program.unit_values(chunk, 1)[at];
    slope[at] = 2 * j2 * x[at] + 4 * j4 * x[at] * x[at] * x[at] + program.unit_values(chunk, 2)[at];
    for (auto e = topology.row_begin()[i]; e < topology.row_begin()[i + 1]; ++e)
      slope[at] += double(program.weights(chunk)[e]) * x[topology.sources()[e]];
  }
  return slope;
}

// Whatever becomes of the potential at the borders of chunks is work, and no heat. Labels are held:
// nothing is done on them.
TEST(ThermoHeat, OfAnyNumberOfChunksIsTheWorkOfTheForcesInAllOfThem) {
  ThreadPool pool(2);
  Program program = test::warm_network();
  RunSettings settings = settings_of(program);
  settings.seed = 3;
  constexpr int kLanes = 4;  // both classes in turn
  std::vector<double> of_first;
  for (const bool uncoupled : {false, true}) {
    if (uncoupled) std::ranges::fill(program.weights(0), 0.0F);
    EXPECT_EQ(first_heated_chunk(program), uncoupled ? 1 : 0);
    EXPECT_DOUBLE_EQ(heated_duration(program), uncoupled ? 1 : 1.5);
    const ThermoRun run = run_thermo(program, {}, settings, kLanes, pool);
    Simulator simulator(program, {}, settings, kLanes, pool);
    simulator.advance(first_heated_chunk(program) * settings.steps_per_chunk);
    const auto heat = work_on_the_bath(
        simulator, [&](int chunk, const State& x) { return slope_of(program, chunk, x); });
    constexpr double kRounding = 1e-11;  // of 60 steps' sums in double
    for (int l = 0; l < kLanes; ++l) {
      EXPECT_GT(std::abs(heat[l]), 0.1) << "or nothing is tested";
      EXPECT_NEAR(run.heat[l], heat[l], kRounding);
    }
  }
}

TEST(ThermoHeat, WhereNothingIsCoupledTheLastChunkCounts) {
  Program program = test::warm_network();
  for (int c = 0; c < program.chunks(); ++c) std::ranges::fill(program.weights(c), 0.0F);
  EXPECT_EQ(leading_uncoupled(program), 3);
  EXPECT_EQ(first_heated_chunk(program), 2);
  EXPECT_DOUBLE_EQ(heated_duration(program), 0.5);
}

TEST(ThermoHeat, PixelsAreThoseOfTheSimulator) {
  ThreadPool pool(2);
  const Program program = test::warm_network();
  const ThermoRun run = run_thermo(program, {}, settings_of(program), 100, pool);
  EXPECT_EQ(pixels_of(program, run.states), generate(program, {}, settings_of(program), 100, pool));
}

// What is put in when the couplings are switched on is in the energy or has left as heat.
TEST(ThermoHeat, ObeysTheFirstLaw) {
  ThreadPool pool(1);
  const ThermoSetup setup = small_setup();
  const auto parameters = random_parameters<float>(setup, 0.5);
  const Program program = thermo_program(setup, parameters);
  const RunSettings settings = settings_of(program);
  Simulator simulator(program, {}, settings, 1, pool);
  simulator.advance(setup.steps());
  const State begin = lane_of(state_of(simulator), 0, 1);
  simulator.advance(setup.steps());
  const State end = lane_of(state_of(simulator), 0, 1);
  const double work = energy_of(setup, parameters, begin) -
                      energy_of(setup, make_thermo_parameters<float>(setup), begin);
  const double gained = energy_of(setup, parameters, end) -
                        energy_of(setup, make_thermo_parameters<float>(setup), begin);
  const double heat = run_thermo(program, {}, settings, 1, pool).heat.front();
  constexpr double kRounding = 1e-11;  // of energies, sums of some thousand terms in double
  EXPECT_NEAR(gained, work - heat, kRounding);
}

TEST(ThermoHeat, SamplesAreTheSameInAnyCompanyAndForAnyThreads) {
  const ThermoSetup setup = small_setup();
  const Program program = thermo_program(setup, random_parameters<float>(setup, 0.5));
  ThreadPool one(1), three(3);
  const auto many = run_thermo(program, {}, settings_of(program), 200, one);
  EXPECT_EQ(run_thermo(program, {}, settings_of(program), 200, three).states, many.states);
  const auto few = run_thermo(program, {}, settings_of(program), 5, three);
  EXPECT_TRUE(std::equal(few.heat.begin(), few.heat.end(), many.heat.begin()));
  EXPECT_TRUE(std::equal(few.states.begin(), few.states.end(), many.states.begin()));
  int calls = 0;
  const auto cancelled =
      run_thermo(program, {}, settings_of(program), 200, one, [&](int) { return ++calls < 2; });
  EXPECT_EQ(calls, 2);
  EXPECT_LT(cancelled.heat.size(), 200U);
}

// Two units that are seen, and one that is not, run for many relaxation times: moments of
// exp(-V / kT), by a sum over a fine grid.
TEST(ThermoHeat, ComesToTheBoltzmannDistribution) {
  ThermoSetup setup;
  setup.picture = {2, 1, 1};
  setup.hidden = 1;
  setup.duration = 4;
  setup.dt = 4e-3;
  setup.temperature = 0.3;
  auto parameters = make_thermo_parameters<float>(setup);
  parameters.coupling(0, 0) = 1.2F;
  parameters.coupling(1, 0) = -0.9F;
  parameters.bias = {0, 0.2F, -0.3F};
  // (0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2), 0, 1, 2
  const auto moments = [](double a, double b, double c) {
    return std::array{a * a, b * b, c * c, a * b, a * c, b * c, a, b, c};
  };
  std::array<double, 9> expected{}, found{};
  double whole = 0;
  constexpr double kGrid = 0.05, kEnd = 2.5;  // exp(-V / kT) is below e^-90 there
  for (double a = -kEnd; a < kEnd; a += kGrid)
    for (double b = -kEnd; b < kEnd; b += kGrid)
      for (double c = -kEnd; c < kEnd; c += kGrid) {
        const double weight =
            std::exp(-energy_of(setup, parameters, {a, b, c}) / setup.temperature);
        whole += weight;
        const auto m = moments(a, b, c);
        for (std::size_t k = 0; k < m.size(); ++k) expected[k] += weight * m[k];
      }
  constexpr int kSamples = 20000;
  ThreadPool pool(2);
  const Program program = thermo_program(setup, parameters);
  Simulator simulator(program, {}, settings_of(program), kSamples, pool);
  simulator.advance(simulator.total_steps());
  const auto x = state_of(simulator);
  for (int l = 0; l < kSamples; ++l) {
    const State s = lane_of(x, l, kSamples);
    const auto m = moments(s[0], s[1], s[2]);
    for (std::size_t k = 0; k < m.size(); ++k) found[k] += m[k] / kSamples;
  }
  // Moments of order 0.2 with a spread like that, five standard errors, and Euler's own error: dt
  // times a curvature of 4 is 1.6 %, half of it in a variance.
  const double tolerance = 5 * 0.3 / std::sqrt(double(kSamples)) + 0.008 * 0.2;
  for (std::size_t k = 0; k < found.size(); ++k)
    EXPECT_NEAR(found[k], expected[k] / whole, tolerance) << k;
}

// Without a bath it goes straight down its potential.
TEST(ThermoHeat, AtTemperatureZeroItIsGradientDescent) {
  ThreadPool pool(1);
  const ThermoSetup setup = small_setup();
  const auto parameters = random_parameters<float>(setup, 0.5);
  const Program program = thermo_program(setup, parameters);
  RunSettings settings = settings_of(program);
  settings.temperature = 0;
  Simulator simulator(program, {}, settings, 1, pool);
  simulator.advance(setup.steps());
  for (const float v : state_of(simulator)) ASSERT_EQ(v, 0) << "nothing moves it";
  State x(static_cast<std::size_t>(setup.units()), 0.0);
  double energy = energy_of(setup, parameters, x);
  while (!simulator.finished()) {
    simulator.advance(1);
    const State slope = slope_of(setup, parameters, x);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= setup.dt * slope[i];
    const State now = lane_of(state_of(simulator), 0, 1);
    // One rounding of float per step, damped or grown by no more than e^(0.3 x curvature of 4).
    constexpr double kRounding = 300 * 6e-8 * 4;
    for (std::size_t i = 0; i < x.size(); ++i) ASSERT_NEAR(now[i], x[i], kRounding);
    const double next = energy_of(setup, parameters, now);
    ASSERT_LT(next, energy);
    energy = next;
  }
}

TEST(ThermoHeat, OnlyWhatHasAPotentialGivesHeat) {
  ThreadPool pool(1);
  EXPECT_TRUE(is_thermo(thermo_program(small_setup(), random_parameters<float>(small_setup(), 1))));
  const Program phases =
      make_program(substrate_named("kuramoto"), Topology::all_to_all({3, 1, 1}, 3), 1, 1, 0, 1);
  EXPECT_FALSE(is_thermo(phases));
  EXPECT_THAT(error_of([&] { run_thermo(phases, {}, {}, 1, pool); }),
              ::testing::HasSubstr("these are kuramoto units"));
  Program directed = thermo_program(small_setup(), random_parameters<float>(small_setup(), 0.1));
  directed.tied = false;
  EXPECT_FALSE(is_thermo(directed));
  EXPECT_THAT(error_of([&] { run_thermo(directed, {}, {}, 1, pool); }),
              ::testing::HasSubstr("not symmetric"));
}

TEST(ThermoHeat, SummaryOfNumbers) {
  std::vector<double> values(101);
  std::iota(values.rbegin(), values.rend(), 0.0);
  const Summary s = summarise(values);
  EXPECT_DOUBLE_EQ(s.mean, 50);
  EXPECT_NEAR(s.deviation, std::sqrt(101 * 102 / 12.0), 1e-9);
  EXPECT_EQ(s.quantiles, (std::array<double, 5>{5, 25, 50, 75, 95}));
  const Summary alone = summarise({7});
  EXPECT_EQ(alone.deviation, 0);
  EXPECT_EQ(alone.quantiles, (std::array<double, 5>{7, 7, 7, 7, 7}));
}

TEST(ThermoHeat, PairsAreFreeOfTheNoiseThatTheyShare) {
  // The pairs differ by -10 and -12, whatever they have in common.
  const std::vector<double> a{100, 300}, b{90, 288};
  const PairedDifference d = paired_difference(a, b);
  EXPECT_NEAR(d.mean, -11.0 / 200, 1e-12);
  EXPECT_NEAR(d.standard_error, std::sqrt(2.0) / std::sqrt(2.0) / 200, 1e-12);
  EXPECT_EQ(paired_difference(std::vector<double>{0, 0}, b).mean, 0);
}

TEST(ThermoHeat, ContrastIsRescaledBetweenPercentiles) {
  std::vector<float> picture(101);
  for (int k = 0; k <= 100; ++k) picture[static_cast<std::size_t>(k)] = static_cast<float>(k) - 50;
  rescale_contrast(picture);
  EXPECT_EQ(picture[0], 0);
  EXPECT_EQ(picture[2], 0);
  EXPECT_FLOAT_EQ(picture[50], 0.5F);
  EXPECT_FLOAT_EQ(picture[26], 0.25F);
  EXPECT_EQ(picture[98], 1);
  EXPECT_EQ(picture[100], 1);
  std::vector<float> flat(9, 3.0F);
  rescale_contrast(flat);
  EXPECT_EQ(flat, std::vector<float>(9, 0.5F));
}

}  // namespace
}  // namespace phaseloom
