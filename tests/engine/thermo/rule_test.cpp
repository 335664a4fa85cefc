// SPDX-License-Identifier: MIT
#include "engine/thermo/rule.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/thermo/noising.hpp"
#include "tests/engine/thermo/plain_machine.hpp"

namespace phaseloom {
namespace {

template <class Real>
PanelPath<Real> some_path(const ThermoSetup& setup, ThreadPool& pool) {
  std::vector<double> patterns(static_cast<std::size_t>(setup.units()), 0.5);
  for (std::size_t i = 0; i < patterns.size(); i += 3) patterns[i] = -1;
  PanelPath<Real> path({setup.visible(), setup.hidden}, setup.steps() + 1);
  Noising<Real>(setup, 8).draw(patterns, 0, path, pool);
  return path;
}

/// -ln P of the path run backwards, but for the constant.
double plain_loss(const ThermoSetup& s, const ThermoParameters<double>& p,
                  const PanelPath<double>& path) {
  double sum = 0;
  for (int t = 0; t < s.steps(); ++t) {
    const State x = state_at(path, t), next = state_at(path, t + 1), slope = slope_of(s, p, next);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double miss = x[i] - next[i] + s.dt * slope[i];
      sum += miss * miss / (4 * s.temperature * s.dt);
    }
  }
  return sum;
}

constexpr double kSums = 1e-11;  // relative, of sums of some ten thousand terms in double

TEST(PathRule, LossIsThePathsLogProbability) {
  ThreadPool pool(2);
  const ThermoSetup setup = small_setup();
  const auto path = some_path<double>(setup, pool);
  const auto parameters = random_parameters<double>(setup, 0.3);
  double loss = 0;
  path_gradient(setup, path, parameters, pool, loss);
  const double plain = plain_loss(setup, parameters, path);
  EXPECT_NEAR(loss, plain, kSums * plain);
}

// The loss is quadratic in the parameters, so central differences are exact but for rounding.
TEST(PathRule, GradientIsThatOfTheLoss) {
  ThreadPool pool(2);
  ThermoSetup setup = small_setup();
  setup.visible_biases = true;
  const auto path = some_path<double>(setup, pool);
  const auto parameters = random_parameters<double>(setup, 0.3);
  double loss = 0;
  const auto gradient = path_gradient(setup, path, parameters, pool, loss);
  constexpr double kStep = 1e-2, kRelative = 1e-6;
  const auto difference = [&](auto change) {
    auto up = parameters, down = parameters;
    change(up, kStep);
    change(down, -kStep);
    return (plain_loss(setup, up, path) - plain_loss(setup, down, path)) / (2 * kStep);
  };
  const int seen = setup.visible();
  // In and across panels, seen and hidden.
  for (const auto& [i, j] : std::vector<std::pair<int, int>>{
           {0, 35}, {31, 66}, {32, 67}, {34, 71}, {35, 36}, {36, 70}, {66, 67}, {70, 71}}) {
    const double expected = difference([&](auto& p, double step) {
      p.coupling(i, j - seen) += step;
      if (i >= seen) p.coupling(j, i - seen) += step;
    });
    EXPECT_NEAR(gradient.coupling(i, j - seen), expected, kRelative * std::abs(expected))
        << i << ", " << j;
    if (i >= seen) {
      EXPECT_EQ(gradient.coupling(j, i - seen), gradient.coupling(i, j - seen));
    }
  }
  for (const int i : {0, 34, 35, 71}) {
    const double expected = difference([&](auto& p, double step) { p.bias[i] += step; });
    EXPECT_NEAR(gradient.bias[i], expected, kRelative * std::abs(expected)) << i;
  }
  for (int h = 0; h < setup.hidden; ++h) EXPECT_EQ(gradient.coupling(seen + h, h), 0);
}

TEST(PathRule, VisibleBiasesAreTrainedOnlyIfAskedFor) {
  ThreadPool pool(1);
  const ThermoSetup setup = small_setup();
  const auto path = some_path<double>(setup, pool);
  double loss = 0;
  const auto gradient =
      path_gradient(setup, path, make_thermo_parameters<double>(setup), pool, loss);
  for (int i = 0; i < setup.units(); ++i) EXPECT_EQ(gradient.bias[i] != 0, i >= setup.visible());
}

// [WD] Eq. 14, for a path that V itself drives: the log ratio of the probabilities forwards and
// backwards is the heat by the midpoint rule, and a rest that telescopes.
TEST(PathRule, LogRatioOfPathsIsTheHeat) {
  ThreadPool pool(1);
  const ThermoSetup s = small_setup();
  const auto parameters = random_parameters<double>(s, 0.5);
  PanelPath<double> path({s.visible(), s.hidden}, s.steps() + 1);
  RandomSequence random(12, Stream::initial_state);
  State x(static_cast<std::size_t>(s.units()), 0.4);
  double forward = 0, heat = 0;
  const auto put = [&](int t) {
    for (int p = 0; p < path.panels.count(); ++p)
      for (int u = 0; u < path.panels.units_of(p); ++u)
        path.panel(p)[t * kPanel + u] = x[path.panels.first_unit(p) + u];
  };
  const auto square = [](const State& v) {
    double sum = 0;
    for (const double a : v) sum += a * a;
    return sum;
  };
  put(0);
  State slope = slope_of(s, parameters, x);
  const double begin = square(slope);
  for (int t = 0; t < s.steps(); ++t) {
    State moved(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double noise = std::sqrt(2 * s.temperature * s.dt) * random.normal();
      moved[i] = -s.dt * slope[i] + noise;
      x[i] += moved[i];
      forward -= noise * noise / (4 * s.temperature * s.dt);
    }
    put(t + 1);
    const State before = slope;
    slope = slope_of(s, parameters, x);
    for (std::size_t i = 0; i < x.size(); ++i)
      heat -= moved[i] * (before[i] + slope[i]) / (2 * s.temperature);
  }
  double loss = 0;
  path_gradient(s, path, parameters, pool, loss);
  const double telescoped = s.dt / (4 * s.temperature) * (square(slope) - begin);
  EXPECT_GT(std::abs(heat), 1) << "or nothing is tested";
  EXPECT_NEAR(forward + loss, heat + telescoped, kSums * loss);
}

/// After each step against its own gradient, straight from the definition.
double plain_online(const ThermoSetup& s, const PanelPath<double>& path, double rate,
                    ThermoParameters<double>& p) {
  double loss = 0;
  for (int t = 0; t < s.steps(); ++t) {
    const State x = state_at(path, t), next = state_at(path, t + 1), slope = slope_of(s, p, next);
    State r(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      r[i] = (x[i] - next[i] + s.dt * slope[i]) / (2 * s.temperature);
      loss += r[i] * r[i] * s.temperature / s.dt;
    }
    for (int i = 0; i < p.units(); ++i) {
      if (i >= p.visible || s.visible_biases) p.bias[i] -= rate * r[i];
      for (int h = 0; h < p.hidden; ++h)
        if (const int j = p.visible + h; i != j)
          p.coupling(i, h) -= rate * (r[i] * next[j] + r[j] * next[i]);
    }
  }
  return loss;
}

TEST(PathRule, OnlineRuleIsOneOfSingleSteps) {
  ThreadPool pool(2);
  for (const bool visible_biases : {false, true}) {
    ThermoSetup setup = small_setup();
    setup.visible_biases = visible_biases;
    const auto path = some_path<double>(setup, pool);
    auto plain = random_parameters<double>(setup, 0.3), blocked = plain;
    // A rate at which the change within a block is felt: the parameters change by their own size.
    constexpr double kRate = 2e-2;
    const double plain_sum = plain_online(setup, path, kRate, plain);
    PanelParameters<double> panels(path.panels);
    panels.assign(blocked);
    PathRule<double> rule(setup, pool);
    EXPECT_NEAR(rule.run_online(path, kRate, panels), plain_sum, kSums * plain_sum);
    panels.read(blocked);
    double largest = 0, change = 0;
    const auto start = random_parameters<double>(setup, 0.3);
    for (std::size_t k = 0; k < plain.couplings.size(); ++k) {
      largest = std::max(largest, std::abs(plain.couplings[k] - blocked.couplings[k]));
      change = std::max(change, std::abs(plain.couplings[k] - start.couplings[k]));
    }
    for (std::size_t i = 0; i < plain.bias.size(); ++i)
      largest = std::max(largest, std::abs(plain.bias[i] - blocked.bias[i]));
    EXPECT_GT(change, 0.1);
    EXPECT_LT(largest, 1e-10 * change);
  }
}

TEST(PathRule, SameBitsForAnyThreadsAndCloseToDouble) {
  const ThermoSetup setup = small_setup();
  const auto parameters = random_parameters<float>(setup, 0.3);
  const auto with = [&](int threads) {
    ThreadPool pool(threads);
    double loss = 0;
    const auto path = some_path<float>(setup, pool);
    auto out = path_gradient(setup, path, parameters, pool, loss);
    PanelParameters<float> online(path.panels);
    online.assign(parameters);
    PathRule<float>(setup, pool).run_online(path, 1e-3F, online);
    ThermoParameters<float> after = parameters;
    online.read(after);
    out.couplings.insert(out.couplings.end(), after.couplings.begin(), after.couplings.end());
    out.couplings.push_back(static_cast<float>(loss));
    return out.couplings;
  };
  const auto one = with(1);
  EXPECT_EQ(with(2), one);
  EXPECT_EQ(with(5), one);

  ThreadPool pool(2);
  double loss = 0;
  const auto precise = path_gradient(setup, some_path<double>(setup, pool),
                                     random_parameters<double>(setup, 0.3), pool, loss);
  double error = 0, scale = 0;
  for (std::size_t k = 0; k < precise.couplings.size(); ++k) {
    error += std::pow(precise.couplings[k] - double(one[k]), 2);
    scale += std::pow(precise.couplings[k], 2);
  }
  // x - x' is small beside x: of its digits in float, about three are lost.
  EXPECT_LT(std::sqrt(error / scale), 1e-4);
}

}  // namespace
}  // namespace phaseloom
