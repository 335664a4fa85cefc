// SPDX-License-Identifier: MIT
#include "engine/learning/trainer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/dynamics/simulator.hpp"
#include "engine/learning/training_run.hpp"
#include "tests/engine/learning/bars.hpp"
#include "tests/engine/learning/feature_space.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

std::vector<float> train(int iterations, int threads, const Program& start,
                         std::uint64_t seed = 1) {
  const ImageSet images = bars();
  ThreadPool pool(threads);
  TrainSettings settings;
  settings.seed = seed;
  Trainer trainer(start, images, settings, nullptr, pool);
  for (int i = 0; i < iterations; ++i) trainer.iterate(i / double(iterations));
  return trainer.average().values;
}

TEST(Trainer, SameBitsForAnyNumberOfThreads) {
  const auto one = train(3, 1, network());
  EXPECT_EQ(one, train(3, 2, network()));
  EXPECT_EQ(one, train(3, 5, network()));
  EXPECT_NE(one, train(3, 1, network(), 2)) << "the seed must matter";
}

std::vector<float> state_of(Trainer& trainer, std::string_view tensor) {
  TensorFile state;
  StateWriter writer(state);
  trainer.visit_state(writer);
  const auto values = state.at(tensor).f32();
  return {values.begin(), values.end()};
}

// Every loss, with labels, teacher, bath and noise, whose batches differ between ranks if anything
// does: 96 pictures are three blocks.
TEST(Trainer, SameBitsForAnyNumberOfRanks) {
  const ImageSet images = bars();
  ThreadPool pool;
  const auto features = random_feature_net();
  for (const LossInfo& loss : all_losses()) {
    TrainSettings settings;
    settings.batch = 96;
    settings.loss = loss.loss;
    settings.teaching = 0.5;
    settings.hardware = {.bits = 4, .mismatch = 0.1, .weight_noise = 0.1};
    Program start = loss.has_critic ? labelled_network(4) : network("langevin");
    if (!loss.has_critic) start.temperature = 0.1;
    const auto trained = [&](TrainingRanks ranks) {
      ThreadPool own(1);
      Trainer trainer(start, images, settings, &features, own, ranks);
      for (int i = 0; i < 3; ++i) trainer.iterate(i / 3.0);
      return std::pair(state_of(trainer, "values"),
                       loss.has_critic ? state_of(trainer, "critic") : std::vector<float>());
    };
    const auto one = trained({});
    for (const int size : {2, 4})
      as_ranks(size, [&](Ranks& ranks) {
        const auto shared = trained({ranks});
        EXPECT_EQ(shared.first, one.first) << loss.name << " by " << size;
        EXPECT_EQ(shared.second, one.second) << loss.name << " by " << size;
      });
    if (loss.has_critic)
      as_ranks(2, [&](Ranks& ranks) {
        EXPECT_NE(trained({ranks, GradientFormat::bf16}).first, one.first)
            << "rounded gradients must show, or these are other trainings";
      });
  }
}

TEST(Trainer, TheNetworkWarmsUpWhileTheCriticLearnsAlready) {
  const ImageSet images = bars();
  ThreadPool pool;
  TrainSettings settings;
  settings.warm_up = 0.5;
  Trainer trainer(network(), images, settings, nullptr, pool);
  const auto network_before = state_of(trainer, "values"),
             critic_before = state_of(trainer, "critic");
  trainer.iterate(0);
  EXPECT_EQ(state_of(trainer, "values"), network_before);
  EXPECT_NE(state_of(trainer, "critic"), critic_before);
  trainer.iterate(0.25);
  EXPECT_NE(state_of(trainer, "values"), network_before);
}

TEST(Trainer, OnlyTheNetworksRateFalls) {
  const ImageSet images = bars();
  ThreadPool pool;
  TrainSettings settings;
  settings.final_rate = 0;
  settings.phases = {{0, {2}}};
  Trainer first(network(), images, settings, nullptr, pool);
  Trainer last(network(), images, settings, nullptr, pool);
  const auto before = state_of(first, "values");
  first.iterate(0);
  last.iterate(1);
  EXPECT_EQ(state_of(first, "critic"), state_of(last, "critic"));
  EXPECT_NE(state_of(first, "values"), before);
  EXPECT_EQ(state_of(last, "values"), before);
}

TEST(Trainer, TiedNetworksStayTied) {
  Program start = network();
  start.tied = true;
  Program trained = start;
  trained.values = train(3, 2, start);
  const Topology& t = *trained.topology;
  for (int i = 0; i < t.units(); ++i)
    for (auto e = t.row_begin()[i]; e < t.row_begin()[i + 1]; ++e)
      ASSERT_EQ(trained.weights(0)[e], trained.weights(0)[t.find(t.sources()[e], i)]);
}

// Untrained networks are grey, 0.5 on average; the data is dark, 0.1. A few large steps bring every
// substrate well below the middle.
TEST(Trainer, LearnsHowDarkThePicturesAre) {
  const ImageSet images = bars();
  ThreadPool pool;
  for (const auto& substrate : all_substrates()) {
    TrainingPlan plan;
    plan.iterations = 60;
    plan.settings.generator_rate = 2e-2f;
    plan.settings.phases = {{0, {2}}};
    double mean = 0;
    TrainingCallbacks callbacks;
    callbacks.look = [&](const CurvePoint&, std::span<const float> pictures) {
      for (float p : pictures) mean += p / static_cast<double>(pictures.size());
    };
    const auto result =
        run_training(network(substrate.name), plan, {images, nullptr, nullptr, pool}, callbacks);
    EXPECT_EQ(result.iterations, 60);
    EXPECT_FALSE(result.stopped);
    EXPECT_LT(mean, 0.4) << substrate.name;
  }
}

// Two classes, a bar on the left and one on the right: which side is brighter says what came out.
// Without labels it would be the class asked for in half of all cases.
TEST(Trainer, LearnsWhatIsAskedFor) {
  const ImageSet images = two_bars();
  ThreadPool pool;
  for (const char* substrate : {"kuramoto", "kuramoto_shil", "aim_tanh"}) {
    TrainingPlan plan;
    plan.iterations = 60;
    plan.settings.generator_rate = 2e-2f;
    plan.settings.phases = {{0, {2}}};
    const auto result =
        run_training(labelled_network(2, substrate), plan, {images, nullptr, nullptr, pool}, {});
    for (const int label : {0, 1}) {
      constexpr int n = 200;
      const auto pictures = generate(result.program, {}, {.seed = 9, .label = label}, n, pool);
      int right = 0;
      for (int i = 0; i < n; ++i) {
        double balance = 0;  // right half minus left half
        for (int k = 0; k < 784; ++k)
          balance += (k % 28 < 14 ? -1 : 1) * double{pictures[std::size_t(i) * 784 + k]};
        right += (balance > 0) == (label == 1);
      }
      EXPECT_GT(right, n * 9 / 10) << substrate << ", class " << label;
    }
  }
}

TEST(Trainer, LabelledTrainingsHaveTheSameBitsForAnyNumberOfThreads) {
  const auto one = train(3, 1, labelled_network(4));
  EXPECT_EQ(one, train(3, 3, labelled_network(4)));
}

TEST(Trainer, RefusesLabelsThatDoNotFit) {
  const ImageSet images = bars();
  ThreadPool pool(1);
  EXPECT_THAT(error_of([&] { Trainer(labelled_network(5), images, {}, nullptr, pool); }),
              HasSubstr("bars has no picture of class 4"));
  for (const auto loss : {Loss::sliced_wasserstein, Loss::drift}) {
    TrainSettings settings;
    settings.loss = loss;
    EXPECT_THAT(error_of([&] { Trainer(labelled_network(4), images, settings, nullptr, pool); }),
                HasSubstr("knows no classes"));
  }
}

TEST(Trainer, RefusesWhatDoesNotFit) {
  ImageSet images = bars();
  ThreadPool pool(1);
  const Program small =
      make_program(substrate_named("kuramoto"), Topology::local({8, 8, 1}, 1), 1, 1, 0.1, 1);
  EXPECT_THAT(error_of([&] { Trainer(small, images, {}, nullptr, pool); }), HasSubstr("28 x 28"));
  TrainSettings odd;
  odd.batch = 40;
  EXPECT_THAT(error_of([&] { Trainer(network(), images, odd, nullptr, pool); }),
              HasSubstr("multiple of 32"));
  EXPECT_THAT(error_of([&] { Trainer(network(), images, {.loss = Loss::drift}, nullptr, pool); }),
              HasSubstr("feature network"));
}

TEST(Trainer, ReportsDivergence) {
  const ImageSet images = bars();
  ThreadPool pool;
  TrainSettings settings;
  settings.generator_rate = 1e10f;
  Trainer trainer(network(), images, settings, nullptr, pool);
  EXPECT_THAT(error_of([&] {
                for (int i = 0; i < 50; ++i) trainer.iterate(0);
              }),
              HasSubstr("diverged"));
}

// A quartic potential pushes back from ±π/2 at a rate of 2 + 12 (π/2)² = 32: two steps of 0.3 are
// unstable, eight of 0.075 (by 32 x 0.075 beyond the midpoint rule's bound only at the very start)
// are not.
TEST(Trainer, AnotherTryAfterADivergenceTakesFinerSteps) {
  const ImageSet images = bars();
  ThreadPool pool;
  Program stiff = network("langevin");
  stiff.initial.width = 1.57;
  TrainSettings settings;
  settings.phases = {{0, {2}}};
  settings.jitter = 0;
  Trainer coarse(stiff, images, settings, nullptr, pool);
  EXPECT_THAT(error_of([&] { coarse.iterate(0); }), HasSubstr("the network itself diverged"));
  Trainer fine(stiff, images, settings, nullptr, pool);
  for (int i = 0; i < 2; ++i) fine.slow_down();
  for (int i = 0; i < 3; ++i) fine.iterate(0);
  EXPECT_EQ(fine.iterations(), 3);
}

// Without its quartic part a Langevin unit has nothing that keeps it finite.
TEST(Trainer, ParametersStayWhereTheNetworkIsFinite) {
  const ImageSet images = bars();
  ThreadPool pool;
  Program start = network("langevin");
  std::ranges::fill(start.durations, 0.05);
  constexpr int kQuartic = 1;
  const float least = info(start.substrate).parameters[kQuartic].least;
  for (float& v : start.unit_values(0, kQuartic)) v = least;
  TrainSettings settings;
  settings.generator_rate = 1e-2f;
  Trainer trainer(start, images, settings, nullptr, pool);
  for (int i = 0; i < 5; ++i) trainer.iterate(0);
  const Program after = trainer.average();
  const auto quartic = after.unit_values(0, kQuartic);
  EXPECT_EQ(std::ranges::min(quartic), least) << "some would go below";
  EXPECT_GT(std::ranges::max(quartic), least) << "others are learnt";
}

/// Pictures of 12 x 10, red on the left and blue on the right.
ImageSet flags() {
  ImageSet set;
  set.name = "flags";
  set.width = 12;
  set.height = 10;
  set.channels = 3;
  for (int n = 0; n < 64; ++n) {
    for (int channel = 0; channel < 3; ++channel)
      for (int y = 0; y < set.height; ++y)
        for (int x = 0; x < set.width; ++x)
          set.pixels.push_back(channel == (x < 6 ? 0 : 2) ? static_cast<std::uint8_t>(200 + n / 2)
                                                          : 20);
    set.labels.push_back(0);
  }
  return set;
}

TEST(Trainer, LearnsPicturesInColourOfAnySize) {
  const ImageSet images = flags();
  ThreadPool pool;
  Program start = make_program(substrate_named("kuramoto_shil"), Topology::local({12, 10, 4}, 1, 3),
                               2, 0.6, 0.1, 3);
  start.initial.width = 0.5;
  TrainingPlan plan;
  plan.iterations = 150;
  plan.settings.loss = Loss::wgan_gp;
  plan.settings.generator_rate = 2e-2f;
  plan.settings.phases = {{0, {2}}};
  const auto result = run_training(start, plan, {images, nullptr, nullptr, pool}, {});
  constexpr int n = 64;
  const auto pictures = generate(result.program, {}, {.seed = 9}, n, pool);
  double mean[3][2] = {};
  for (std::size_t i = 0; i < pictures.size(); ++i)
    mean[i % 360 / 120][i % 12 / 6] += double{pictures[i]} / (n * 60);
  for (const auto& [channel, half] : {std::pair{0, 0}, {2, 1}}) {
    EXPECT_GT(mean[channel][half], 0.6);
    EXPECT_LT(mean[channel][1 - half], 0.4);
    EXPECT_LT(mean[1][half], 0.4);
  }
}

/// One chunk so long that steps have to be counted by time.
Program warm_network() {
  Program program =
      make_program(substrate_named("langevin"), Topology::local({28, 28, 1}, 1), 1, 1, 0.1, 3);
  program.temperature = 0.1;
  program.tied = true;
  return program;
}

TrainSettings warm_settings() {
  TrainSettings settings;
  settings.integrator = Integrator::heun;
  settings.step = 0.05;
  return settings;
}

TEST(Trainer, WarmNetworksHaveTheSameBitsForAnyNumberOfThreads) {
  const ImageSet images = bars();
  const auto trained = [&](int threads, double temperature) {
    Program start = warm_network();
    start.temperature = temperature;
    ThreadPool pool(threads);
    Trainer trainer(start, images, warm_settings(), nullptr, pool);
    for (int i = 0; i < 3; ++i) trainer.iterate(i / 3.);
    return trainer.average().values;
  };
  const auto one = trained(1, 0.1);
  EXPECT_EQ(one, trained(3, 0.1));
  EXPECT_NE(one, trained(1, 0)) << "the temperature must matter";
  EXPECT_NE(one, trained(1, 0.2));
}

// Steps of a quarter from ±π/2, where a quartic potential pushes back at a rate of 32, are too long
// at once; steps of a twentieth are not.
TEST(Trainer, WarmNetworksLearnInStepsCountedByTime) {
  const ImageSet images = bars();
  ThreadPool pool;
  TrainSettings by_chunk = warm_settings();
  by_chunk.step = 0;
  by_chunk.phases = {{0, {4}}};
  Trainer coarse(warm_network(), images, by_chunk, nullptr, pool);
  EXPECT_THAT(error_of([&] { coarse.iterate(0); }), HasSubstr("the network itself diverged"));

  TrainingPlan plan;
  plan.iterations = 60;
  plan.settings = warm_settings();
  plan.settings.generator_rate = 2e-2f;
  double mean = 0;
  TrainingCallbacks callbacks;
  callbacks.look = [&](const CurvePoint&, std::span<const float> pictures) {
    for (float p : pictures) mean += p / static_cast<double>(pictures.size());
  };
  int rollbacks = 0;
  callbacks.news = [&](const TrainingNews& news) { rollbacks = news.rollbacks; };
  const auto result =
      run_training(warm_network(), plan, {images, nullptr, nullptr, pool}, callbacks);
  EXPECT_EQ(rollbacks, 0);
  EXPECT_LT(mean, 0.4) << "grey before, 0.5; the data is 0.1";
  EXPECT_EQ(result.program.temperature, 0.1);
  EXPECT_EQ(result.program.steps_per_chunk, 20) << "what it is best run with";
  EXPECT_EQ(result.program.integrator, Integrator::heun);
}

TEST(Trainer, RefusesStepsThatNeverEnd) {
  const ImageSet images = bars();
  ThreadPool pool(1);
  TrainSettings settings;
  settings.step = 1e-9;
  EXPECT_THAT(error_of([&] { Trainer(network(), images, settings, nullptr, pool); }),
              ::testing::AllOf(HasSubstr("too many"), HasSubstr("6e-06 or more")));
}

}  // namespace
}  // namespace phaseloom
