// SPDX-License-Identifier: MIT
// What the equations are known to do: energies that fall, symmetries, the synchronisation
// transition, rest states. A kernel with a wrong sign fails here even if its reference had the
// same.

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "engine/dynamics/simulator.hpp"
#include "engine/dynamics/trajectory.hpp"
#include "tests/engine/dynamics/networks.hpp"

namespace phaseloom {
namespace {

constexpr double kPi = std::numbers::pi;

/// Single steps in double precision.
class Stepper {
 public:
  explicit Stepper(const Program& program)
      : packed_(program, make_tilings(*program.topology, false)), trajectory_(packed_, 0) {
    packed_.assign(std::vector<double>(program.values.begin(), program.values.end()));
  }
  void step(AlignedVector<double>& x, int steps, double dt) {
    const Leg leg{steps, dt};
    trajectory_.forward(x.data(), {&leg, 1}, Integrator::rk4);
    x.assign(trajectory_.end(), trajectory_.end() + x.size());
  }

 private:
  PackedProgram<double> packed_;
  Trajectory<double> trajectory_;
};

/// Random couplings and no other parameter.
Program coupled(const char* substrate, std::shared_ptr<const Topology> topology, double width,
                bool tied) {
  Program program = make_program(substrate_named(substrate), std::move(topology), 1, 1, width, 51);
  program.tied = tied;
  if (tied) symmetrise(program, program.values);
  return program;
}

/// E = -1/2 sum W_ij cos(theta_i - theta_j) - 1/2 sum S_i cos 2 theta_i, of one lane.
double energy(const Program& program, const AlignedVector<double>& x, int lane) {
  const Topology& t = *program.topology;
  const auto weights = program.weights(0);
  double sum = 0;
  for (int i = 0; i < t.units(); ++i) {
    const double theta = x[i * kLanes + lane];
    for (auto e = t.row_begin()[i]; e < t.row_begin()[i + 1]; ++e)
      sum -= weights[e] * std::cos(theta - x[t.sources()[e] * kLanes + lane]) / 2;
    if (program.unit_parameters() == 4)
      sum -= program.unit_values(0, 3)[i] * std::cos(2 * theta) / 2;
  }
  return sum;
}

struct Descent {
  double largest_rise = -1e300;  // of one lane in one step
  double least_fall = 1e300;     // of one lane over the whole run
};

Descent descend(const Program& program) {
  const double dt = 0.02;
  Stepper stepper(program);
  auto x = test::random_block<double>(program.topology->units(), kPi, 52);
  std::vector<double> last(kLanes), first(kLanes);
  for (int l = 0; l < kLanes; ++l) first[l] = last[l] = energy(program, x, l);
  Descent d;
  for (int s = 0; s < 300; ++s) {
    stepper.step(x, 1, dt);
    for (int l = 0; l < kLanes; ++l) {
      const double now = energy(program, x, l);
      d.largest_rise = std::max(d.largest_rise, now - last[l]);
      last[l] = now;
    }
  }
  for (int l = 0; l < kLanes; ++l) d.least_fall = std::min(d.least_fall, first[l] - last[l]);
  return d;
}

// The rate is minus the gradient of E, so E falls by |rate|^2 dt per step; RK4's own error is of
// order dt^5 |rate|^2 and cannot turn that around. What is left are roundings of a sum of about 400
// terms of order 1.
constexpr double kEnergyRounding = 1e-12;

TEST(Energy, NeverRisesInSymmetricKuramotoNetworks) {
  const auto d = descend(coupled("kuramoto", Topology::local({6, 5, 1}, 2), 0.5, true));
  EXPECT_LT(d.largest_rise, kEnergyRounding);
  EXPECT_GT(d.least_fall, 1);
}

TEST(Energy, NeverRisesUnderInjectionLocking) {
  Program program = coupled("kuramoto_shil", Topology::local({6, 5, 1}, 2), 0.5, true);
  RandomSequence random(53, Stream::batch);
  for (float& s : program.unit_values(0, 3)) s = static_cast<float>(1.5 * random.uniform());
  const auto d = descend(program);
  EXPECT_LT(d.largest_rise, kEnergyRounding);
  EXPECT_GT(d.least_fall, 1);
}

// Negative control: directed couplings are no gradient.
TEST(Energy, RisesInDirectedNetworks) {
  const auto d = descend(coupled("kuramoto", Topology::local({6, 5, 1}, 2), 0.5, false));
  EXPECT_GT(d.largest_rise, 1e-4);
}

/// Largest difference between the run from x + shift and the run from x, shifted.
double broken_symmetry(const Program& program, double shift) {
  Stepper stepper(program);
  auto x = test::random_block<double>(program.topology->units(), kPi, 54);
  auto shifted = x;
  for (double& v : shifted) v += shift;
  stepper.step(x, 100, 0.02);
  stepper.step(shifted, 100, 0.02);
  double worst = 0;
  for (std::size_t k = 0; k < x.size(); ++k)
    worst = std::max(worst, std::abs(shifted[k] - x[k] - shift));
  return worst;
}

// Roundings of 1e-16 times the growth of a small difference over 2 time units: rates of change are
// below sum |W| = 10, typically 2, so exp(2 x 2) to exp(20) = 5e8 at the very most.
constexpr double kSymmetryTolerance = 1e-8;

TEST(Symmetry, KuramotoDoesNotSeeACommonPhase) {
  const Program program = test::random_program(substrate_named("kuramoto"),
                                               Topology::local({6, 5, 1}, 2), 1, 1, 0.5, 55);
  for (double shift : {0.1, 1.0, -2.5, 2 * kPi})
    EXPECT_LT(broken_symmetry(program, shift), kSymmetryTolerance) << shift;
}

TEST(Symmetry, InjectionLockingLeavesOnlyTurnsByPi) {
  Program program = test::random_program(substrate_named("kuramoto_shil"),
                                         Topology::local({6, 5, 1}, 2), 1, 1, 0.5, 55);
  for (int p : {1, 2})  // without the first-order injection
    for (float& v : program.unit_values(0, p)) v = 0;
  EXPECT_LT(broken_symmetry(program, kPi), kSymmetryTolerance);
  EXPECT_GT(broken_symmetry(program, 1), 1e-3);  // negative control
}

// --- Kuramoto's transition -----------------------------------------------------------------------

/// Order parameter |1/N sum exp(i theta)|, averaged over lanes and the second half of a long run,
/// of N oscillators with W = K / N and Lorentzian frequencies of half-width gamma.
double order_parameter(int n, double gamma, double coupling, ThreadPool& pool) {
  Program program =
      make_program(substrate_named("kuramoto"), Topology::all_to_all({n, 1, 1}, n), 1, 60, 0, 1);
  program.initial.width = kPi;
  for (float& w : program.weights(0)) w = static_cast<float>(coupling / n);
  // Quantiles instead of draws: the sample has no error of its own, and is symmetric.
  for (int i = 0; i < n; ++i)
    program.unit_values(0, 0)[i] =
        static_cast<float>(gamma * std::tan(kPi * ((i + 0.5) / n - 0.5)));
  // Fast oscillators turn by more than a radian per step, but a constant rate is integrated
  // exactly, and they hardly feel the others.
  const int steps = 600;
  Simulator simulator(program, {}, {.integrator = Integrator::midpoint, .steps_per_chunk = steps},
                      kLanes, pool);
  std::vector<float> x(static_cast<std::size_t>(n) * kLanes);
  double sum = 0;
  int terms = 0;
  simulator.advance(steps / 2);
  for (; !simulator.finished(); simulator.advance(15)) {
    simulator.read_state(x);
    for (int l = 0; l < kLanes; ++l, ++terms) {
      std::complex<double> z = 0;
      for (int i = 0; i < n; ++i) z += std::polar(1.0, double(x[i * kLanes + l]));
      sum += std::abs(z) / n;
    }
  }
  return sum / terms;
}

// The mean field makes the order parameter sqrt(1 - K_c / K) above K_c = 2 gamma, and 0 below
// (Kuramoto 1975). For N = 400 phases without order |z| is about 1/sqrt(N) = 0.05, more by
// 1/sqrt(1 - K/K_c) where the field almost holds itself: 2 x as much at 0.7 K_c. Above K_c the
// oscillators that drift shake it by the same order, which lifts and lowers r: 0.03 on average over
// lanes and time.
TEST(Kuramoto, MeanFieldTransition) {
  const int n = 400;
  const double gamma = 0.5, critical = 2 * gamma;
  ThreadPool pool(1);
  for (double k : {0.3, 0.7})
    EXPECT_LT(order_parameter(n, gamma, k * critical, pool), 2.2 / std::sqrt(n)) << k << " K_c";
  for (double k : {1.5, 2.0, 4.0})
    EXPECT_NEAR(order_parameter(n, gamma, k * critical, pool), std::sqrt(1 - 1 / k), 0.03)
        << k << " K_c";
}

// --- rest states ---------------------------------------------------------------------------------

/// Initial and final states of a small program, [unit][lane].
struct Course {
  std::vector<float> begin, end;
};

Course settle(const Program& program, ThreadPool& pool) {
  Simulator simulator(program, {}, {.integrator = Integrator::rk4, .steps_per_chunk = 1000}, kLanes,
                      pool);
  Course course;
  course.begin.resize(static_cast<std::size_t>(program.topology->units()) * kLanes);
  course.end.resize(course.begin.size());
  simulator.read_state(course.begin);
  simulator.advance(1000);
  simulator.read_state(course.end);
  return course;
}

Program network(const char* substrate, int units, double duration, double initial_width) {
  Program program = make_program(substrate_named(substrate),
                                 Topology::all_to_all({units, 1, 1}, units), 1, duration, 0, 1);
  program.initial.width = initial_width;
  return program;
}

// After 40 time constants the approach itself is over, but a float state stops moving where a
// stage's share of the step, dt/6 x slope x distance, is less than half its last bit. With dt =
// 0.04 that is at distances of 3e-8 / 0.0067 = 5e-6 for states of order 1; twice that is allowed,
// and in proportion to their last bits for phases up to 4 and up to 9.
constexpr double kRest = 1e-5, kPhaseRest = 4 * kRest, kTurnsRest = 8 * kRest;

TEST(RestStates, PolynomialUnitSettlesAtPlusMinusRootOfItsGain) {
  ThreadPool pool(1);
  for (const float gain : {0.5f, 1.0f, 2.0f}) {
    Program program = network("aim_poly", 1, 40, 1.5);
    program.unit_values(0, 0)[0] = gain;
    const Course course = settle(program, pool);
    for (int l = 0; l < kLanes; ++l)
      EXPECT_NEAR(course.end[l], std::copysign(std::sqrt(gain), course.begin[l]), kRest);
  }
  Program program = network("aim_poly", 1, 40, 1.5);
  program.unit_values(0, 0)[0] = -1;  // below threshold: no two states
  for (float x : settle(program, pool).end) EXPECT_NEAR(x, 0, kRest);
  program.unit_values(0, 1)[0] = 0.5f;  // a bias b moves it to a x - x^3 + b = 0
  for (float x : settle(program, pool).end) EXPECT_NEAR(-x - x * x * x + 0.5, 0, kRest);
}

// x = W tanh(x): one solution up to W = 1, two more beyond. The pair's sum keeps its sign.
TEST(RestStates, PairOfSaturatingUnitsIsBistableAboveThreshold) {
  ThreadPool pool(1);
  for (const float weight : {0.5f, 1.5f, 2.0f}) {
    double rest = 0;
    if (weight > 1) {
      rest = weight;
      for (int k = 0; k < 200; ++k) rest = weight * std::tanh(rest);  // contracts towards it
    }
    Program program = network("aim_tanh", 2, 60, 1.5);
    for (float& w : program.weights(0)) w = weight;
    const Course course = settle(program, pool);
    int up = 0;
    for (int l = 0; l < kLanes; ++l) {
      const double sign = course.begin[l] + course.begin[kLanes + l] > 0 ? 1 : -1;
      up += sign > 0;
      EXPECT_NEAR(course.end[l], sign * rest, kRest) << "W = " << weight;
      EXPECT_NEAR(course.end[kLanes + l], sign * rest, kRest) << "W = " << weight;
    }
    EXPECT_TRUE(up > 0 && up < kLanes);  // both are seen
  }
}

TEST(RestStates, BiasIsWhereASaturatingUnitRestsAlone) {
  ThreadPool pool(1);
  Program program = network("aim_tanh", 1, 40, 1.5);
  program.unit_values(0, 0)[0] = -0.8f;
  for (float x : settle(program, pool).end) EXPECT_NEAR(x, -0.8, kRest);
}

/// Angle between two phases, in [0, pi].
double distance(double a, double b) { return std::abs(std::remainder(a - b, 2 * kPi)); }

TEST(RestStates, InjectionLocksAtTheNearerOfZeroAndPi) {
  ThreadPool pool(1);
  Program program = network("kuramoto_shil", 4, 20, 3 * kPi);  // over several turns
  for (float& s : program.unit_values(0, 3)) s = 1;
  const Course course = settle(program, pool);
  int at_zero = 0;
  for (std::size_t k = 0; k < course.end.size(); ++k) {
    const double target = kPi * std::round(course.begin[k] / kPi);
    at_zero += distance(target, 0) < 1;
    EXPECT_NEAR(course.end[k], target, kTurnsRest) << "from " << course.begin[k];
  }
  EXPECT_TRUE(at_zero > 0 && at_zero < 4 * kLanes);
}

// p cos x - q sin x = A sin(phi - x) with p = A sin phi, q = A cos phi.
TEST(RestStates, FirstOrderInjectionPullsToItsPhase) {
  ThreadPool pool(1);
  for (double phi : {0.0, 1.0, kPi / 2, -2.0}) {
    Program program = network("kuramoto_shil", 1, 40, kPi);
    program.unit_values(0, 1)[0] = static_cast<float>(std::sin(phi));
    program.unit_values(0, 2)[0] = static_cast<float>(std::cos(phi));
    for (float x : settle(program, pool).end) EXPECT_LT(distance(x, phi), kPhaseRest) << phi;
  }
}

// Two equal oscillators that attract each other meet; with W < 0 they part by pi.
TEST(RestStates, PairsLockInPhaseOrAgainstIt) {
  ThreadPool pool(1);
  for (const float weight : {1.0f, -1.0f}) {
    Program program = network("kuramoto", 2, 30, kPi / 3);
    for (float& w : program.weights(0)) w = weight;
    const Course course = settle(program, pool);
    for (int l = 0; l < kLanes; ++l)
      EXPECT_LT(distance(course.end[l] - course.end[kLanes + l], weight > 0 ? 0 : kPi), kPhaseRest);
  }
}

// Unequal ones: sin(theta_2 - theta_1) = (omega_1 - omega_2) / 2W while that is below 1 (Adler).
TEST(RestStates, UnequalPairLocksWithAPhaseLag) {
  ThreadPool pool(1);
  Program program = network("kuramoto", 2, 40, kPi / 3);
  for (float& w : program.weights(0)) w = 0.5f;
  program.unit_values(0, 0)[0] = 0.3f;
  program.unit_values(0, 0)[1] = -0.3f;
  const Course course = settle(program, pool);
  for (int l = 0; l < kLanes; ++l)
    EXPECT_NEAR(std::sin(double(course.end[l]) - course.end[kLanes + l]), 0.6, kPhaseRest);
}

}  // namespace
}  // namespace phaseloom
