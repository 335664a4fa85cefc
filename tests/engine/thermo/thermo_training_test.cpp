// SPDX-License-Identifier: MIT
#include "engine/thermo/thermo_training.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/thermo/heat.hpp"
#include "tests/engine/thermo/small_training.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

ThermoProgress trained(const ThermoPlan& plan, int threads = 2) {
  ThreadPool pool(threads);
  return run_thermo_training(plan, bar_prototypes(), {}, pool);
}

/// Standard deviation of the mean loss of a cycle where only noise is left: of n squares of normal
/// numbers, halved.
double loss_noise(const ThermoPlan& plan) {
  return std::sqrt(0.5 / (2.0 * plan.setup.steps() * plan.setup.units()));
}

double mean_loss(const ThermoProgress& progress, int first, int count) {
  double sum = 0;
  for (int k = first; k < first + count; ++k)
    sum += progress.curve[static_cast<std::size_t>(k)].loss;
  return sum / count;
}

// At the floor V explains all but the noise. Euler's steps make the reverse of a step differ from a
// step by an order of dt, which here, with dt = 0.01, is about 1 % of the noise.
TEST(ThermoTraining, LossFallsToItsFloor) {
  for (const ThermoRule rule : {ThermoRule::batch, ThermoRule::online}) {
    ThermoPlan plan = small_plan();
    plan.rule = rule;
    plan.cycles = 60;
    const auto progress = trained(plan);
    ASSERT_EQ(progress.cycles(), 60);
    const double noise = loss_noise(plan), end = mean_loss(progress, 50, 10);
    EXPECT_GT(progress.curve.front().loss, end + 5 * noise) << name_of(rule);
    EXPECT_NEAR(end, 0.5, 5 * noise / std::sqrt(10.0) + 0.01) << name_of(rule);
    for (const ThermoReport& r : progress.curve) EXPECT_GT(r.coupling_rms, 0);
    for (int i = 0; i < plan.setup.visible(); ++i) EXPECT_EQ(progress.parameters.bias[i], 0);
  }
}

/// Largest likeness (cosine of the angle) of each sample to one of the pictures or its negative,
/// averaged.
double likeness(const ThermoPlan& plan, const ThermoParameters<float>& parameters) {
  ThreadPool pool(2);
  constexpr int kSamples = 64;
  const Program program = thermo_program(plan.setup, parameters);
  const ThermoRun run = run_thermo(program, {}, settings_of(program), kSamples, pool);
  double sum = 0;
  for (int l = 0; l < kSamples; ++l) {
    const auto state = std::span(run.states).subspan(static_cast<std::size_t>(l) * 100, 100);
    double best = 0, square = 0;
    for (const float v : state) square += double(v) * double(v);
    for (const Prototype& p : bar_prototypes()) {
      const auto pattern = normalised_picture(p.pixels, p.name);
      double product = 0;
      for (std::size_t i = 0; i < pattern.size(); ++i) product += pattern[i] * double(state[i]);
      best = std::max(best, std::abs(product) / std::sqrt(100 * square));
    }
    sum += best / kSamples;
  }
  return sum;
}

TEST(ThermoTraining, NoiseBecomesThePictures) {
  ThermoPlan plan = small_plan();
  plan.cycles = 100;
  // Chance: the larger of two magnitudes of a normal number over sqrt(100) is 0.11.
  EXPECT_LT(likeness(plan, make_thermo_parameters<float>(plan.setup)), 0.15);
  EXPECT_GT(likeness(plan, trained(plan).parameters), 0.5);
}

// A bias of each class of its own is the least that labels can learn.
TEST(ThermoTraining, ALabelAsksForItsPicture) {
  ThermoPlan plan = small_plan();
  plan.cycles = 60;
  plan.setup.visible_biases = true;
  plan.setup.labels = 2;
  const auto progress = trained(plan);
  const Program program = thermo_program(plan.setup, progress.parameters);
  EXPECT_EQ(program.topology->labels(), 2);
  ThreadPool pool(2);
  const ThermoRun run = run_thermo(program, {}, settings_of(program), 32, pool);
  const auto prototypes = bar_prototypes();
  int right = 0;
  for (std::size_t l = 0; l < 32; ++l) {
    std::array<double, 2> products{};
    for (std::size_t k = 0; k < 2; ++k) {
      const auto pattern = normalised_picture(prototypes[k].pixels, prototypes[k].name);
      for (std::size_t i = 0; i < 100; ++i)
        products[k] += pattern[i] * double(run.states[l * 100 + i]);
    }
    right += products[l % 2] > products[1 - l % 2];  // classes take turns
  }
  EXPECT_GE(right, 29) << "chance is 16 +- 3";
}

TEST(ThermoTraining, LabelsGoWithTheBatchRuleAndHaveAPictureEach) {
  ThermoPlan plan = small_plan();
  plan.setup.labels = 3;
  EXPECT_THAT(error_of([&] { trained(plan); }), HasSubstr("3 labels for 2 prototypes"));
  plan.setup.labels = 2;
  plan.rule = ThermoRule::online;
  EXPECT_THAT(error_of([&] { trained(plan); }), HasSubstr("batch rule"));
}

TEST(ThermoTraining, SameBitsForAnyThreads) {
  for (const ThermoRule rule : {ThermoRule::batch, ThermoRule::online}) {
    ThermoPlan plan = small_plan();
    plan.rule = rule;
    const auto one = trained(plan, 1), three = trained(plan, 3);
    EXPECT_EQ(one.parameters.couplings, three.parameters.couplings) << name_of(rule);
    EXPECT_EQ(one.parameters.bias, three.parameters.bias) << name_of(rule);
    EXPECT_EQ(one.curve.back().loss, three.curve.back().loss) << name_of(rule);
    plan.seed = 102;
    EXPECT_NE(trained(plan).parameters.couplings, one.parameters.couplings);
    plan.seed = 101;
    plan.projection_seed = 43;
    EXPECT_NE(trained(plan).parameters.couplings, one.parameters.couplings);
  }
}

TEST(ThermoTraining, GoesOnAsIfItHadNeverStopped) {
  ThermoPlan plan = small_plan();
  plan.bits = 16;
  plan.stochastic_rounding = true;
  plan.update_noise = 0.1;
  plan.setup.visible_biases = true;
  plan.setup.labels = 2;
  const auto whole = trained(plan);
  ThreadPool pool(2);
  std::stop_source stop;
  ThermoCallbacks callbacks;
  ThermoProgress saved;
  callbacks.news = [&](const ThermoReport& r) {
    if (r.cycle == 2) stop.request_stop();
  };
  callbacks.checkpoint = [&](const ThermoProgress& p) { saved = p; };
  const auto half =
      run_thermo_training(plan, bar_prototypes(), {}, pool, callbacks, stop.get_token());
  EXPECT_EQ(half.cycles(), 2);
  EXPECT_EQ(saved.parameters.couplings, half.parameters.couplings);
  const auto rest = run_thermo_training(plan, bar_prototypes(), saved, pool);
  EXPECT_EQ(rest.cycles(), 4);
  EXPECT_EQ(rest.parameters.couplings, whole.parameters.couplings);
  EXPECT_EQ(rest.parameters.bias, whole.parameters.bias);
  EXPECT_EQ(rest.parameters.label_couplings, whole.parameters.label_couplings);
  EXPECT_NE(whole.parameters.label_coupling(1, 50), 0);
  EXPECT_EQ(rest.curve[1].loss, whole.curve[1].loss);
  EXPECT_EQ(rest.curve[3].loss, whole.curve[3].loss);
}

TEST(ThermoTraining, CheckpointsComeInTime) {
  ThreadPool pool(2);
  ThermoPlan plan = small_plan();
  plan.cycles = 5;
  const auto checkpoints = [&](double minutes) {
    std::vector<int> at;
    ThermoCallbacks callbacks;
    callbacks.checkpoint_every = minutes;
    callbacks.checkpoint = [&](const ThermoProgress& p) { at.push_back(p.cycles()); };
    run_thermo_training(plan, bar_prototypes(), {}, pool, callbacks);
    return at;
  };
  constexpr double kAtOnce = 1e-9, kNever = 1e6;
  EXPECT_EQ(checkpoints(kAtOnce), (std::vector<int>{1, 2, 3, 4})) << "none is needed at the end";
  EXPECT_EQ(checkpoints(kNever), std::vector<int>());
}

TEST(ThermoTraining, CouplingsWithBitsStayOnTheirGrid) {
  ThermoPlan plan = small_plan();
  plan.bits = 12;
  const auto on_grid = [&](const ThermoProgress& progress) {
    return std::ranges::all_of(progress.parameters.couplings, [&](float j) {
      const double level = double(j) * std::exp2(plan.bits - 1);
      return level == std::round(level) && std::abs(j) <= 1;
    });
  };
  EXPECT_TRUE(on_grid(trained(plan)));
  EXPECT_GT(trained(plan).curve.back().coupling_rms, 0);
  // Levels that are too far apart for any change to reach the next one, unless by chance.
  plan.bits = 3;
  plan.rate = 4e-4;
  EXPECT_EQ(trained(plan).curve.back().coupling_rms, 0);
  plan.stochastic_rounding = true;
  const auto by_chance = trained(plan);
  EXPECT_GT(by_chance.curve.back().coupling_rms, 0);
  EXPECT_TRUE(on_grid(by_chance));
}

// Noise on what is written changes each coupling, but not what they are on the whole.
TEST(ThermoTraining, NoiseOfUpdatesAveragesOut) {
  ThermoPlan plan = small_plan();
  plan.cycles = 1;
  const auto clean = trained(plan).parameters;
  plan.update_noise = 0.3;
  const auto noisy = trained(plan).parameters;
  double product = 0, square = 0, error = 0;
  for (std::size_t k = 0; k < clean.couplings.size(); ++k) {
    const double a = clean.couplings[k], b = noisy.couplings[k];
    product += a * b;
    square += a * a;
    error += (b - a) * (b - a);
  }
  // Two updates of a path each, that of the second being other than without noise by a little.
  EXPECT_NEAR(product / square, 1, 0.03);
  EXPECT_NEAR(std::sqrt(error / square), 0.3, 0.1);
}

TEST(ThermoTraining, VisibleBiasesAreASwitch) {
  ThermoPlan plan = small_plan();
  plan.setup.visible_biases = true;
  const auto bias = trained(plan).parameters.bias;
  EXPECT_EQ(std::ranges::count(bias, 0.0F), 0);
}

TEST(ThermoTraining, BadPlansAreNamed) {
  const auto error = [](auto change) {
    ThermoPlan plan = small_plan();
    auto prototypes = bar_prototypes();
    change(plan, prototypes);
    return error_of([&] { validate(plan, prototypes); });
  };
  using P = std::vector<Prototype>;
  EXPECT_THAT(error([](ThermoPlan& p, P&) { p.cycles = 0; }), HasSubstr("0 cycles"));
  EXPECT_THAT(error([](ThermoPlan& p, P&) { p.rate = -1; }), HasSubstr("rate is -1"));
  EXPECT_THAT(error([](ThermoPlan& p, P&) { p.rate = 2; }), HasSubstr("rate is 2"));
  EXPECT_THAT(error([](ThermoPlan& p, P&) { p.bits = 1; }), HasSubstr("bits is 1"));
  EXPECT_THAT(error([](ThermoPlan& p, P&) { p.stochastic_rounding = true; }),
              HasSubstr("needs bits"));
  EXPECT_THAT(error([](ThermoPlan& p, P&) { p.update_noise = -1; }), HasSubstr("-1"));
  EXPECT_THAT(error([](ThermoPlan& p, P&) {
                p.rule = ThermoRule::online;
                p.bits = 8;
              }),
              HasSubstr("batch rule"));
  EXPECT_THAT(error([](ThermoPlan&, P& all) { all.clear(); }), HasSubstr("0 prototypes"));
  EXPECT_THAT(error([](ThermoPlan&, P& all) { all[1].pixels.pop_back(); }),
              HasSubstr("lying has 99 values; a picture of 10 x 10 has 100"));
}

TEST(ThermoTraining, DivergenceIsTold) {
  ThermoPlan plan = small_plan();
  plan.rate = 1;
  plan.cycles = 100;
  EXPECT_THAT(error_of([&] { trained(plan); }), HasSubstr("take a smaller rate than 1"));
}

}  // namespace
}  // namespace phaseloom
