#include "engine/learning/trainer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/learning/training_run.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

/// Bright bars at four places: a distribution that a network learns in seconds.
ImageSet bars() {
  ImageSet set;
  set.name = "bars";
  set.width = set.height = 28;
  for (int n = 0; n < 64; ++n) {
    const int left = 3 + 6 * (n % 4);
    for (int y = 0; y < 28; ++y)
      for (int x = 0; x < 28; ++x)
        set.pixels.push_back(x >= left && x < left + 4 && y > 4 && y < 23 ? 255 : 0);
    set.labels.push_back(static_cast<std::uint8_t>(n % 4));
  }
  return set;
}

Program network(std::string_view substrate = "kuramoto_shil", int radius = 1) {
  Program program = make_program(substrate_named(substrate), Topology::local({28, 28, 1}, radius),
                                 2, 0.6, 0.1, 3);
  program.initial.width = 0.5;  // quartic potentials want small starts for steps as coarse as these
  return program;
}

std::vector<float> train(int iterations, int threads, const Program& start,
                         std::uint64_t seed = 1) {
  const ImageSet images = bars();
  ThreadPool pool(threads);
  TrainSettings settings;
  settings.seed = seed;
  Trainer trainer(start, images, settings, pool);
  for (int i = 0; i < iterations; ++i) trainer.iterate(i / double(iterations));
  return trainer.average().values;
}

TEST(Trainer, SameBitsForAnyNumberOfThreads) {
  const auto one = train(3, 1, network());
  EXPECT_EQ(one, train(3, 2, network()));
  EXPECT_EQ(one, train(3, 5, network()));
  EXPECT_NE(one, train(3, 1, network(), 2)) << "the seed must matter";
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
        run_training(network(substrate.name), images, plan, nullptr, pool, callbacks);
    EXPECT_EQ(result.iterations, 60);
    EXPECT_FALSE(result.stopped);
    EXPECT_LT(mean, 0.4) << substrate.name;
  }
}

TEST(Trainer, RefusesWhatDoesNotFit) {
  ImageSet images = bars();
  ThreadPool pool(1);
  const Program small =
      make_program(substrate_named("kuramoto"), Topology::local({8, 8, 1}, 1), 1, 1, 0.1, 1);
  EXPECT_THAT(error_of([&] { Trainer(small, images, {}, pool); }), HasSubstr("28 x 28"));
  TrainSettings odd;
  odd.batch = 40;
  EXPECT_THAT(error_of([&] { Trainer(network(), images, odd, pool); }),
              HasSubstr("multiple of 32"));
}

TEST(Trainer, ReportsDivergence) {
  const ImageSet images = bars();
  ThreadPool pool;
  TrainSettings settings;
  settings.generator_rate = 1e30f;
  Trainer trainer(network(), images, settings, pool);
  EXPECT_THAT(error_of([&] {
                for (int i = 0; i < 50; ++i) trainer.iterate(0);
              }),
              HasSubstr("diverged"));
}

TEST(TrainingRun, StopsWhenAskedAndKeepsWhatItHas) {
  const ImageSet images = bars();
  ThreadPool pool;
  TrainingPlan plan;
  plan.iterations = 1000000;
  std::stop_source stop;
  TrainingCallbacks callbacks;
  callbacks.news = [&](const TrainingNews& news) {
    if (news.report.iteration == 5) stop.request_stop();
  };
  const auto result =
      run_training(network(), images, plan, nullptr, pool, callbacks, stop.get_token());
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.iterations, 5);
  EXPECT_EQ(result.curve.size(), 1u);
  EXPECT_EQ(result.program.values.size(), network().values.size());
}

TEST(TrainingRun, NeedsALength) {
  const ImageSet images = bars();
  ThreadPool pool(1);
  EXPECT_THAT(error_of([&] { run_training(network(), images, {}, nullptr, pool, {}); }),
              HasSubstr("minutes"));
}

}  // namespace
}  // namespace phaseloom
