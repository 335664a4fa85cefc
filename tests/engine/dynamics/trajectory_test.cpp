// SPDX-License-Identifier: MIT
#include "engine/dynamics/trajectory.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/simulator.hpp"
#include "tests/engine/dynamics/networks.hpp"

namespace phaseloom {
namespace {

using test::random_block;
using test::random_program;
using test::substrate_at;

// Exact to rounding. Central differences with step h have an error of h^2 / 6 |L'''| + eps
// |L| / h; at h = 1e-5 both are near 1e-10 for these losses of order 10.
constexpr double kStep = 1e-5;
constexpr double kTolerance = 1e-6;
// Float against double: about 40 stages of roundings of 6e-8, amplified by the network.
constexpr double kFloatTolerance = 1e-3;
// Products of bfloat16: what units send, weights and adjoints are off by up to 2^-9, at random,
// stage by stage. Relative to the norm; no number on its own by more than a few such errors of the
// largest.
constexpr double kPairTolerance = 1e-2, kOnePairTolerance = 3e-2;

/// L = sum over units and active lanes of c cos(x_T + unit): no symmetry that could hide a mistake.
double loss_weight(int unit, int lane) { return 1 + 0.1 * unit - 0.05 * lane; }

template <class Real>
struct Problem {
  Program shape;
  std::vector<Real> values;
  AlignedVector<Real> initial;
  std::vector<Leg> legs;
  Integrator method;
  Forcing<Real> forcing;
  PackedProgram<Real> packed;
  Trajectory<Real> trajectory;
  int observed;  ///< the loss sees units [0, observed)

  Problem(const Program& program, Integrator integrator, std::uint64_t seed,
          std::size_t budget = 1 << 30, bool pairs = false)
      : shape(program),
        values(program.values.begin(), program.values.end()),
        initial(random_block<Real>(program.topology->units(), 0.8, seed)),
        method(integrator),
        packed(program, make_tilings(*program.topology, true, pairs)),
        trajectory(packed, budget),
        observed(program.topology->units()) {
    for (int c = 0; c < program.chunks(); ++c)
      legs.push_back({c + 2, program.durations[c] / (c + 2)});
  }
  double loss() {
    packed.assign(values);
    trajectory.forward(initial.data(), legs, method, forcing);
    double sum = 0;
    for (int i = 0; i < observed; ++i)
      for (int l = 0; l < kLanes; ++l)
        sum += loss_weight(i, l) * std::cos(double(trajectory.end()[i * kLanes + l]) + i);
    return sum;
  }
  /// Gradient of all values, then of the initial state.
  std::pair<std::vector<Real>, AlignedVector<Real>> gradient() {
    loss();
    AlignedVector<Real> adjoint(initial.size());
    for (int i = 0; i < observed; ++i)
      for (int l = 0; l < kLanes; ++l)
        adjoint[i * kLanes + l] = static_cast<Real>(
            -loss_weight(i, l) * std::sin(double(trajectory.end()[i * kLanes + l]) + i));
    std::vector<Real> out(values.size());
    trajectory.backward(adjoint.data(), out);
    return {out, adjoint};
  }
};

/// The noise of a bath, the same at every call.
template <class Real>
Forcing<Real> bath(double temperature, int units, std::uint64_t seed = 11) {
  return [=, scratch = std::vector<std::int8_t>(std::size_t(units) * kLanes)](int step, double dt,
                                                                              Real* rates) mutable {
    fill_wiener_rates({std::sqrt(2 * temperature), seed, 64}, step, dt, units, scratch.data(),
                      rates);
  };
}

/// One class asked for in each lane, in turn.
void fill_labels(AlignedVector<double>& x, const Topology& t) {
  for (int k = 0; k < t.labels(); ++k)
    for (int l = 0; l < kLanes; ++l)
      x[(t.first_label() + k) * kLanes + l] = (l % t.labels() == k ? 1 : -1) * std::numbers::pi / 2;
}

template <class Container>
double largest(const Container& v) {
  double m = 0;
  for (auto x : v) m = std::max(m, std::abs(double(x)));
  return m;
}

class Adjoint : public testing::TestWithParam<std::tuple<std::size_t, Integrator>> {
 protected:
  Substrate substrate() const { return substrate_at(std::get<0>(GetParam())); }
  Integrator integrator() const { return std::get<1>(GetParam()); }
};

TEST_P(Adjoint, MatchesCentralDifferencesInDouble) {
  for (const auto& topology : {Topology::local({8, 4, 2}, 1), Topology::local({9, 5, 1}, 3),
                               Topology::with_random_links(*Topology::local({5, 3, 1}, 1), 2, 3)}) {
    Problem<double> problem(random_program(substrate(), topology, 2, 0.2, 0.4, 3), integrator(), 7);
    const auto [gradient, initial_gradient] = problem.gradient();
    const double scale = largest(gradient);
    // Every parameter kind of every chunk: some weights, and each unit parameter at some units.
    std::vector<std::size_t> indices;
    const auto couplings = static_cast<std::size_t>(topology->couplings());
    for (int c = 0; c < 2; ++c) {
      const std::size_t begin = c * problem.shape.chunk_size();
      for (std::size_t k = 0; k < couplings; k += 1 + couplings / 40) indices.push_back(begin + k);
      for (int p = 0; p < problem.shape.unit_parameters(); ++p)
        for (int i = 0; i < topology->units(); i += 5)
          indices.push_back(begin + couplings + static_cast<std::size_t>(p) * topology->units() +
                            i);
    }
    for (auto k : indices) {
      const double value = problem.values[k];
      problem.values[k] = value + kStep;
      const double up = problem.loss();
      problem.values[k] = value - kStep;
      const double down = problem.loss();
      problem.values[k] = value;
      ASSERT_NEAR(gradient[k], (up - down) / (2 * kStep), kTolerance * scale) << "value " << k;
    }
    const double state_scale = largest(initial_gradient);
    for (std::size_t k = 0; k < problem.initial.size(); k += 1 + problem.initial.size() / 60) {
      const double value = problem.initial[k];
      problem.initial[k] = value + kStep;
      const double up = problem.loss();
      problem.initial[k] = value - kStep;
      const double down = problem.loss();
      problem.initial[k] = value;
      ASSERT_NEAR(initial_gradient[k], (up - down) / (2 * kStep), kTolerance * state_scale)
          << "initial state " << k;
    }
  }
}

TEST_P(Adjoint, FloatMatchesDouble) {
  for (const auto& topology : test::sample_topologies()) {
    const Program program = random_program(substrate(), topology, 2, 0.2, 0.15, 5);
    Problem<double> exact(program, integrator(), 9);
    Problem<float> fast(program, integrator(), 9);
    for (std::size_t i = 0; i < exact.initial.size(); ++i) exact.initial[i] = fast.initial[i];
    const auto [g, x] = exact.gradient();
    const auto [gf, xf] = fast.gradient();
    const double tolerance = kFloatTolerance * largest(g),
                 state_tolerance = kFloatTolerance * largest(x);
    for (std::size_t k = 0; k < g.size(); ++k)
      ASSERT_NEAR(gf[k], g[k], tolerance) << topology->description();
    for (std::size_t k = 0; k < x.size(); ++k)
      ASSERT_NEAR(xf[k], x[k], state_tolerance) << topology->description();
  }
}

/// |a - b| / |b|, and no entry further off than kOnePairTolerance of the largest.
template <class A, class B>
double distance(const A& a, const B& b) {
  double difference = 0, square = 0;
  const double one = kOnePairTolerance * largest(b);
  for (std::size_t k = 0; k < a.size(); ++k) {
    const double d = double(a[k]) - double(b[k]);
    difference += d * d;
    square += double(b[k]) * double(b[k]);
    EXPECT_LE(std::abs(d), one) << "number " << k;
  }
  return std::sqrt(difference / square);
}

TEST_P(Adjoint, PairsOfBfloat16AreCloseToFloat) {
  if (!has_pair_kernels()) GTEST_SKIP() << "no products of bfloat16 on this machine";
  auto topologies = test::sample_topologies();
  topologies.push_back(Topology::with_labels(*Topology::local({7, 5, 2}, 2), 3));
  for (const auto& topology : topologies) {
    SCOPED_TRACE(topology->description());
    const Program program = random_program(substrate(), topology, 2, 0.2, 0.15, 5);
    Problem<float> exact(program, integrator(), 9),
        rounded(program, integrator(), 9, 1 << 30, true);
    const auto [g, x] = exact.gradient();
    const auto [gr, xr] = rounded.gradient();
    EXPECT_LT(distance(gr, g), kPairTolerance);
    EXPECT_LT(distance(xr, x), kPairTolerance);
    EXPECT_NE(gr, g);
    Problem<float> recomputed(program, integrator(), 9, 0, true);
    const auto again = recomputed.gradient();
    EXPECT_EQ(again.first, gr);
    EXPECT_EQ(again.second, xr);
  }
}

// Noise does not depend on the parameters: the same adjoint, back along the noisy path. Enough
// steps for several segments in the first chunk.
TEST_P(Adjoint, AlongANoisyPathMatchesCentralDifferences) {
  const auto topology = Topology::local({5, 4, 2}, 1);
  Problem<double> problem(random_program(substrate(), topology, 2, 0.4, 0.4, 3), integrator(), 7);
  problem.legs = {{150, 0.004}, {3, 0.1}};
  const double cold = problem.loss();
  problem.forcing = bath<double>(0.1, topology->units());
  ASSERT_GT(std::abs(problem.loss() - cold), 1) << "the path should be another one";
  const auto [gradient, initial_gradient] = problem.gradient();
  const double scale = largest(gradient);
  for (std::size_t k = 0; k < problem.values.size(); k += 1 + problem.values.size() / 60) {
    const double value = problem.values[k];
    problem.values[k] = value + kStep;
    const double up = problem.loss();
    problem.values[k] = value - kStep;
    const double down = problem.loss();
    problem.values[k] = value;
    ASSERT_NEAR(gradient[k], (up - down) / (2 * kStep), kTolerance * scale) << "value " << k;
  }
  const double state_scale = largest(initial_gradient);
  for (std::size_t k = 0; k < problem.initial.size(); k += 1 + problem.initial.size() / 20) {
    const double value = problem.initial[k];
    problem.initial[k] = value + kStep;
    const double up = problem.loss();
    problem.initial[k] = value - kStep;
    const double down = problem.loss();
    problem.initial[k] = value;
    ASSERT_NEAR(initial_gradient[k], (up - down) / (2 * kStep), kTolerance * state_scale)
        << "initial state " << k;
  }
}

// What is trained is what the simulator runs: the same noise at the same stages, bit by bit.
TEST_P(Adjoint, ANoisyPathIsTheSimulators) {
  const auto topology = Topology::with_labels(*Topology::local({7, 5, 2}, 1), 3);
  const Program program = random_program(substrate(), topology, 2, 0.2, 0.15, 5);
  constexpr int steps = 4;
  constexpr double temperature = 0.3;
  const RunSettings run{.integrator = integrator(),
                        .steps_per_chunk = steps,
                        .seed = 11,
                        .first_sample = 64,
                        .temperature = temperature};
  ThreadPool pool(1);
  Simulator simulator(program, {}, run, kLanes, pool);
  Problem<float> problem(program, integrator(), 9);
  simulator.read_state(problem.initial);
  simulator.advance(simulator.total_steps());
  std::vector<float> expected(problem.initial.size());
  simulator.read_state(expected);
  problem.legs = even_legs(program, steps);
  problem.forcing = bath<float>(temperature, topology->first_label(), run.seed);
  problem.loss();
  for (std::size_t k = 0; k < expected.size(); ++k)
    ASSERT_EQ(problem.trajectory.end()[k], expected[k]) << "state " << k;
}

// Couplings from label oscillators are learnt as all others; what would move the oscillators
// themselves is not asked for, and their parameters' gradient is exactly 0.
TEST_P(Adjoint, OfLabelCouplingsMatchesCentralDifferences) {
  const auto topology = Topology::with_labels(*Topology::local({7, 5, 2}, 1), 3);
  Problem<double> problem(random_program(substrate(), topology, 2, 0.2, 0.4, 3), integrator(), 7);
  fill_labels(problem.initial, *topology);
  problem.observed = topology->first_label();
  const auto [gradient, initial_gradient] = problem.gradient();
  const double scale = largest(gradient);
  const auto couplings = static_cast<std::size_t>(topology->couplings());
  for (int c = 0; c < 2; ++c) {
    const std::size_t begin = c * problem.shape.chunk_size();
    for (int i = 0; i < topology->first_label(); i += 6) {
      const auto k = begin + topology->find(i, topology->first_label() + i % 3);
      const double value = problem.values[k];
      problem.values[k] = value + kStep;
      const double up = problem.loss();
      problem.values[k] = value - kStep;
      const double down = problem.loss();
      problem.values[k] = value;
      ASSERT_NEAR(gradient[k], (up - down) / (2 * kStep), kTolerance * scale) << "value " << k;
      ASSERT_NE(gradient[k], 0) << "value " << k;
    }
    for (int p = 0; p < problem.shape.unit_parameters(); ++p)
      for (int i = topology->first_label(); i < topology->units(); ++i)
        ASSERT_EQ(gradient[begin + couplings + p * topology->units() + i], 0);
  }
}

// Recomputing segment by segment instead of storing all stages must not change a bit, with and
// without noise, in chunks of one segment and of several.
TEST_P(Adjoint, CheckpointingChangesNothing) {
  const Program program =
      random_program(substrate(), Topology::local({8, 8, 2}, 2), 3, 0.2, 0.2, 5);
  Problem<float> stored(program, integrator(), 9), recomputed(program, integrator(), 9, 0);
  const auto agree = [&] {
    const auto a = stored.gradient(), b = recomputed.gradient();
    EXPECT_EQ(a.first, b.first);
    EXPECT_EQ(a.second, b.second);
  };
  agree();
  for (auto* problem : {&stored, &recomputed}) {
    problem->legs = {{2, 0.05}, {130, 0.002}, {64, 0.002}};
    problem->forcing = bath<float>(0.2, program.topology->units());
  }
  agree();
}

INSTANTIATE_TEST_SUITE_P(All, Adjoint,
                         testing::Combine(testing::Range<std::size_t>(0, all_substrates().size()),
                                          testing::Values(Integrator::euler, Integrator::midpoint,
                                                          Integrator::heun, Integrator::rk4)),
                         [](const auto& p) {
                           return std::string(all_substrates()[std::get<0>(p.param)].name) + "_" +
                                  std::string(tableau(std::get<1>(p.param)).name);
                         });

// --- steps ---------------------------------------------------------------------------------------

TEST(Steps, AreAsFewAsTheLongestAllows) {
  EXPECT_EQ(steps_no_longer_than(0.05, 1), 20);
  EXPECT_EQ(steps_no_longer_than(0.05, 1.01), 21);
  EXPECT_EQ(steps_no_longer_than(0.1, 0.3), 3) << "0.3 / 0.1 rounds below 3";
  EXPECT_EQ(steps_no_longer_than(0.1, 1.1), 11) << "1.1 / 0.1 rounds above 11";
  EXPECT_EQ(steps_no_longer_than(5, 1), 1);
}

/// A warm network from the same start, in `steps` per chunk.
struct WarmRun {
  static constexpr double kTemperature = 0.2;
  Program program =
      random_program(substrate_named("langevin"), Topology::local({6, 5, 2}, 1), 2, 0.8, 0.2, 5);
  int units = program.topology->units();

  std::vector<double> end(int steps, Integrator method, const Forcing<double>& forcing) const {
    Problem<double> problem(program, method, 9);
    problem.legs = even_legs(program, steps);
    problem.forcing = forcing;
    problem.loss();
    return {problem.trajectory.end(), problem.trajectory.end() + problem.initial.size()};
  }
  /// The path of a grid of `parts` times as many steps, seen at every such step only: increments
  /// add up.
  Forcing<double> path(int parts) const {
    return [fine = bath<double>(kTemperature, units), part = AlignedVector<double>(), parts](
               int step, double dt, double* rates) mutable {
      part.resize(std::size_t(60) * kLanes);
      std::fill_n(rates, part.size(), 0.0);
      for (int k = 0; k < parts; ++k) {
        fine(step * parts + k, dt / parts, part.data());
        for (std::size_t i = 0; i < part.size(); ++i) rates[i] += part[i] / parts;
      }
    };
  }
};

double rms_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

// Additive noise: along one and the same path every integrator converges with order 1, the
// increments being all that it knows of the path within a step.
TEST(WarmTrajectory, HalvedStepsFollowTheSamePathWithOrderOne) {
  // The next order's part in the differences at these steps.
  constexpr double kOrderTolerance = 0.2;
  const WarmRun run;
  for (const Integrator method :
       {Integrator::euler, Integrator::midpoint, Integrator::heun, Integrator::rk4}) {
    SCOPED_TRACE(tableau(method).name);
    const auto coarse = run.end(32, method, run.path(4)), half = run.end(64, method, run.path(2)),
               quarter = run.end(128, method, run.path(1));
    const double first = rms_difference(coarse, half), second = rms_difference(half, quarter);
    EXPECT_NEAR(std::log2(first / second), 1, kOrderTolerance);
    EXPECT_LT(first, 0.02 * std::sqrt(WarmRun::kTemperature)) << "of what the noise itself moves";
  }
}

// Another grid of steps draws another path: single samples differ, means and variances must not.
TEST(WarmTrajectory, HalvedStepsChangeNoMean) {
  constexpr double kSigmas = 5;
  const WarmRun run;
  const auto noise = bath<double>(WarmRun::kTemperature, run.units);
  const auto coarse = run.end(16, Integrator::heun, noise),
             fine = run.end(32, Integrator::heun, noise);
  const auto count = static_cast<double>(coarse.size());
  const auto moment = [&](const std::vector<double>& x, int power) {
    double sum = 0;
    for (const double v : x) sum += std::pow(v, power);
    return sum / count;
  };
  const double variance = moment(coarse, 2), fourth = moment(coarse, 4);
  EXPECT_GT(rms_difference(coarse, fine), std::sqrt(variance) / 4) << "paths should be others";
  // Units of a sample hang together a little: as if there were a quarter as many.
  const double mean_error = std::sqrt(2 * variance / (count / 4)),
               square_error = std::sqrt(2 * (fourth - variance * variance) / (count / 4));
  EXPECT_NEAR(moment(coarse, 1), moment(fine, 1), kSigmas * mean_error);
  EXPECT_NEAR(moment(coarse, 2), moment(fine, 2), kSigmas * square_error);
}

TEST(Trajectory, ClippingBoundsTheAdjointAndReportsGrowth) {
  // Strong random couplings over a long time: a chaotic network whose adjoint explodes.
  const Program program = random_program(substrate_named("kuramoto_shil"),
                                         Topology::local({10, 10, 1}, 2), 6, 2, 1.5, 5);
  Problem<float> problem(program, Integrator::rk4, 9);
  for (auto& leg : problem.legs) leg = {20, 0.1};
  problem.loss();
  const auto norms = [&](const AlignedVector<float>& v) {
    std::vector<double> squares(kLanes, 0);
    for (std::size_t k = 0; k < v.size(); ++k) squares[k % kLanes] += double(v[k]) * v[k];
    return squares;
  };
  AlignedVector<float> adjoint(problem.initial.size(), 1.0f);
  const auto before = norms(adjoint);
  std::vector<float> gradient(problem.values.size());
  problem.trajectory.backward(adjoint.data(), gradient, 5);
  EXPECT_GT(problem.trajectory.adjoint_growth(), 5);
  const auto after = norms(adjoint);
  for (int l = 0; l < kLanes; ++l) EXPECT_LE(std::sqrt(after[l]), 5.001 * std::sqrt(before[l]));
}

}  // namespace
}  // namespace phaseloom
