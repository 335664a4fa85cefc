// SPDX-License-Identifier: MIT
#include "engine/network/integrator.hpp"

#include <cmath>
#include <numeric>

#include "engine/dynamics/simulator.hpp"
#include "engine/dynamics/trajectory.hpp"
#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr Integrator kAll[] = {Integrator::euler, Integrator::midpoint, Integrator::heun,
                               Integrator::rk4};

TEST(Integrator, NamesLeadBackToTheirMethod) {
  for (const Integrator method : kAll) EXPECT_EQ(named<Integrator>(tableau(method).name), method);
  EXPECT_THAT(error_of([] { named<Integrator>("leapfrog"); }),
              AllOf(HasSubstr("'leapfrog'"), HasSubstr("euler, midpoint, heun, rk4")));
}

// sum b = 1 (order 1), sum b a = 1/2 (order 2), sum b a^2 = 1/3 (order 3), sum b a^3 = 1/4 (order
// 4): the quadrature conditions, up to the rounding of 1/6 and 1/3.
TEST(Integrator, TableausMeetTheConditionsOfTheirOrder) {
  for (const Integrator method : kAll) {
    const Tableau& t = tableau(method);
    SCOPED_TRACE(t.name);
    EXPECT_EQ(t.a[0], 0);
    for (int order = 1; order <= t.order; ++order) {
      double sum = 0;
      for (int k = 0; k < t.stages; ++k)
        sum += t.b[k] * (order == 1 ? 1 : std::pow(t.a[k], order - 1));
      EXPECT_NEAR(sum, 1. / order, 1e-15) << "order " << order;
    }
  }
}

// --- convergence ---------------------------------------------------------------------------------

// The error's next order still bends the slope by some per cent at the steps that are used; 0.15
// tells the orders apart with room.
constexpr double kOrderTolerance = 0.15;

/// Root mean square difference of the final states from `exact`.
double error(Trajectory<double>& trajectory, const AlignedVector<double>& initial,
             const std::vector<Leg>& legs, Integrator method, const AlignedVector<double>& exact) {
  trajectory.forward(initial.data(), legs, method);
  double sum = 0;
  for (std::size_t k = 0; k < exact.size(); ++k) sum += std::pow(trajectory.end()[k] - exact[k], 2);
  return std::sqrt(sum / static_cast<double>(exact.size()));
}

class Convergence : public testing::TestWithParam<std::tuple<std::size_t, Integrator>> {};

TEST_P(Convergence, HasTheOrderOfTheTableau) {
  const auto [index, method] = GetParam();
  // Two chunks of unlike length: the order must survive the jump of the parameters between them.
  Program program = test::random_program(test::substrate_at(index), Topology::local({5, 4, 1}, 2),
                                         2, 0.6, 0.4, 41);
  program.durations[1] = 0.9;
  PackedProgram<double> packed(program, make_tilings(*program.topology, false));
  packed.assign(std::vector<double>(program.values.begin(), program.values.end()));
  Trajectory<double> trajectory(packed, 0);
  // Quartic potentials are stiff far from their middle.
  const double width = info(program.substrate).is_phase ? 1.2 : 0.4;
  const auto initial = test::random_block<double>(packed.units(), width, 42);

  // The reference: RK4 with 512 steps per chunk, 8^4 times closer than the best solution measured.
  trajectory.forward(initial.data(), even_legs(program, 512), Integrator::rk4);
  const AlignedVector<double> exact(trajectory.end(), trajectory.end() + initial.size());
  const int steps = method == Integrator::euler ? 512 : 64;
  const double coarse = error(trajectory, initial, even_legs(program, steps / 2), method, exact);
  const double fine = error(trajectory, initial, even_legs(program, steps), method, exact);
  EXPECT_NEAR(std::log2(coarse / fine), tableau(method).order, kOrderTolerance);
  EXPECT_LT(fine, 0.01);
}

INSTANTIATE_TEST_SUITE_P(All, Convergence,
                         testing::Combine(testing::Range<std::size_t>(0, all_substrates().size()),
                                          testing::ValuesIn(kAll)),
                         [](const auto& p) {
                           return std::string(all_substrates()[std::get<0>(p.param)].name) + "_" +
                                  std::string(tableau(std::get<1>(p.param)).name);
                         });

// --- additive noise ------------------------------------------------------------------------------

/// Units that hear nobody, all alike, at 0 at time 0.
Program lonely_units(const char* substrate, double duration) {
  Program program =
      make_program(substrate_named(substrate), Topology::local({16, 16, 1}, 0), 1, duration, 0, 1);
  program.initial.width = 0;
  return program;
}

struct Samples {
  std::vector<float> x;
  double mean() const {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
  }
  double variance() const {
    double sum = 0;
    for (const double v : x) sum += v * v;
    return sum / static_cast<double>(x.size());
  }
  double covariance(const Samples& other) const {
    double sum = 0;
    for (std::size_t k = 0; k < x.size(); ++k) sum += double(x[k]) * other.x[k];
    return sum / static_cast<double>(x.size());
  }
};

Samples state(const Simulator& simulator) {
  Samples s{std::vector<float>(256 * static_cast<std::size_t>(simulator.lanes()))};
  simulator.read_state(s.x);
  return s;
}

// 256 units x 512 lanes: a variance is known to sqrt(2 / n) = 0.4 %, a mean to 0.3 % of a standard
// deviation; 5 of these are allowed.
constexpr int kLaneCount = 512;
constexpr double kSamples = 256. * kLaneCount;
const double kVarianceTolerance = 5 * std::sqrt(2 / kSamples);
const double kMeanTolerance = 5 / std::sqrt(kSamples);

// dx = -x dt + sigma dW (aim_tanh alone). With the increment held over the step, any of our methods
// makes of it x' = R x + (1 - R) sigma dW / dt, where R is its stability function at -dt: the
// Taylor polynomial of exp(-dt) of its order. So its stationary variance is
//   (1 - R)^2 sigma^2 / dt / (1 - R^2) = sigma^2 / dt (1 - R) / (1 + R)   -> sigma^2 / 2,
// and the correlation over one step is R.
TEST(AdditiveNoise, OrnsteinUhlenbeckVarianceOfEveryMethod) {
  const double sigma = 0.3;
  ThreadPool pool(1);
  for (const Integrator method : kAll) {
    SCOPED_TRACE(tableau(method).name);
    const int steps = 16;
    const Program program = lonely_units("aim_tanh", 8);  // 8 time constants: exp(-16) is forgotten
    const double dt = 8. / steps;
    double r = 0, term = 1;
    for (int k = 0; k <= tableau(method).order; ++k) {
      r += term;
      term *= -dt / (k + 1);
    }
    const double expected = sigma * sigma / dt * (1 - r) / (1 + r);
    Simulator simulator(program, {.phase_noise = sigma},
                        {.integrator = method, .steps_per_chunk = steps, .seed = 5}, kLaneCount,
                        pool);
    simulator.advance(steps - 1);
    const Samples before = state(simulator);
    simulator.advance(1);
    const Samples x = state(simulator);
    EXPECT_NEAR(x.variance() / expected, 1, kVarianceTolerance);
    EXPECT_NEAR(x.mean() / std::sqrt(expected), 0, kMeanTolerance);
    EXPECT_NEAR(before.covariance(x) / expected, r, kVarianceTolerance);
  }
}

// The same with small steps: Heun meets sigma^2 / 2 itself (its own bias at dt = 0.05 is 6e-4).
TEST(AdditiveNoise, HeunConvergesToTheStationaryVariance) {
  const double sigma = 0.7;
  ThreadPool pool(1);
  Simulator simulator(lonely_units("aim_tanh", 6), {.phase_noise = sigma},
                      {.integrator = Integrator::heun, .steps_per_chunk = 120, .seed = 6},
                      kLaneCount, pool);
  simulator.advance(120);
  EXPECT_NEAR(state(simulator).variance() / (sigma * sigma / 2), 1, kVarianceTolerance + 1e-3);
}

// A free phase diffuses: variance sigma^2 t, whatever the step; sigma is "per sqrt(time unit)".
TEST(AdditiveNoise, FreePhasesDiffuse) {
  ThreadPool pool(1);
  for (const Integrator method : kAll)
    for (const int steps : {1, 7}) {
      Simulator simulator(lonely_units("kuramoto", 2.5), {.phase_noise = 0.2},
                          {.integrator = method, .steps_per_chunk = steps, .seed = 7}, kLaneCount,
                          pool);
      simulator.advance(steps);
      const Samples x = state(simulator);
      EXPECT_NEAR(x.variance() / (0.04 * 2.5), 1, kVarianceTolerance);
      EXPECT_NEAR(x.mean() / std::sqrt(0.04 * 2.5), 0, kMeanTolerance);
    }
}

}  // namespace
}  // namespace phaseloom
