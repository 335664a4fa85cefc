// SPDX-License-Identifier: MIT
#include "engine/metrics/evaluation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/metrics/classifier_training.hpp"
#include "engine/metrics/picture_draw.hpp"
#include "engine/support/error.hpp"
#include "tests/engine/metrics/synthetic_images.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

class Evaluation : public ::testing::Test {
 protected:
  ImageSet train = synthetic_images(1000, 1), test = synthetic_images(500, 2);
  ThreadPool pool{2};
  Classifier classifier = train_classifier(train, {.epochs = 3, .batch = 64, .shift = 0}, pool);
  FrechetEvaluator evaluator{classifier, train, test, pool};
};

TEST_F(Evaluation, RealPicturesScoreTheFloorAndNoiseMore) {
  const auto same = evaluator.evaluate(unit_pixels(test, 0, test.count()), pool);
  EXPECT_NEAR(same.distance, 0, 1e-4);
  EXPECT_EQ(same.samples, 500);
  EXPECT_NEAR(same.class_entropy, std::log(10), 2e-3);
  EXPECT_GT(same.confidence, 0.9);
  EXPECT_LE(same.confidence, 1);

  std::vector<double> fractions;
  auto noisy = unit_pixels(synthetic_images(3000, 3), 0, 3000);
  const auto real =
      evaluator.evaluate(noisy, pool, [&](double fraction) { fractions.push_back(fraction); });
  EXPECT_LT(real.distance, 3 * evaluator.floor());
  EXPECT_EQ(real.floor, evaluator.floor());
  EXPECT_EQ(fractions.size(), 2u);
  EXPECT_EQ(fractions.back(), 1);

  RandomSequence random(4, Stream::batch);
  for (float& p : noisy) p += static_cast<float>(0.3 * random.normal());
  EXPECT_GT(evaluator.evaluate(noisy, pool).distance, 3 * real.distance);
}

TEST_F(Evaluation, OneClassHasNoEntropy) {
  std::vector<float> samples;
  for (int i = 0; i < 20; ++i) {
    const auto one = unit_pixels(train, 10 * i + 3, 1);
    samples.insert(samples.end(), one.begin(), one.end());
  }
  const auto score = evaluator.evaluate(samples, pool);
  EXPECT_EQ(score.histogram[3], 1);
  EXPECT_EQ(score.class_entropy, 0);
}

TEST_F(Evaluation, ClipsAndRefusesNaN) {
  auto samples = unit_pixels(test, 0, 100);
  auto clipped = samples, beyond = samples;
  for (std::size_t i = 0; i < samples.size(); i += 3) {
    clipped[i] = 1;
    beyond[i] = 7;
  }
  EXPECT_EQ(evaluator.evaluate(clipped, pool).distance, evaluator.evaluate(beyond, pool).distance);
  samples[5 * 784 + 17] = std::numeric_limits<float>::quiet_NaN();
  try {
    evaluator.evaluate(samples, pool);
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("sample 5"), std::string::npos) << e.what();
  }
}

// The floor is the score of real training pictures: other ones drawn at random must reach it within
// their own scatter, which 500 pictures show to be well below one half.
TEST_F(Evaluation, TrainingPicturesScoreTheFloor) {
  const auto drawn = unit_pixels_of(train, draw_pictures(train, test.count(), 77));
  const double distance = evaluator.evaluate(drawn, pool).distance;
  EXPECT_NEAR(distance / evaluator.floor(), 1, 0.5);
}

// Mean and covariance do not know an order; only the rounding of their sums does.
TEST_F(Evaluation, OrderDoesNotMatter) {
  const ImageSet other = synthetic_images(800, 5);
  const auto score = evaluator.evaluate(unit_pixels(other, 0, 800), pool);
  const auto shuffled = evaluator.evaluate(unit_pixels_of(other, draw_pictures(other, 800)), pool);
  EXPECT_NEAR(shuffled.distance, score.distance, 1e-6 * score.distance);
  EXPECT_EQ(shuffled.histogram, score.histogram);
  EXPECT_NEAR(shuffled.confidence, score.confidence, 1e-12);
}

TEST_F(Evaluation, SameBitsForAnyNumberOfThreads) {
  const auto samples = unit_pixels(synthetic_images(300, 6), 0, 300);
  const PixelGaussian gaussian(train, pool);
  ThreadPool one(1);
  const FrechetEvaluator alone(classifier, train, test, one);
  EXPECT_EQ(alone.floor(), evaluator.floor());
  EXPECT_EQ(alone.evaluate(samples, one).distance, evaluator.evaluate(samples, pool).distance);
  EXPECT_EQ(gaussian_distance(alone, PixelGaussian(train, one), 300, one),
            gaussian_distance(evaluator, gaussian, 300, pool));
}

// The relative distance of the Gaussian itself, of another seed, is 1: the two draws of 2,000
// differ by the scatter of a Frechet distance far above its bias, observed to be under 1 %; 5 % is
// safe.
TEST_F(Evaluation, TheGaussianScoresOneInItsOwnUnit) {
  const PixelGaussian gaussian(train, pool);
  const double unit = gaussian_distance(evaluator, gaussian, 2000, pool);
  const auto other = evaluator.evaluate(gaussian.sample(2000, 99, pool), pool);
  EXPECT_NEAR(other.distance / unit, 1, 0.05);
  EXPECT_GT(unit, 3 * evaluator.floor()) << "it knows nothing of bars";
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(gaussian_distance(evaluator, gaussian, 300, pool, {}, stop.get_token()), 0);
}

TEST_F(Evaluation, StopsWhenAsked) {
  std::stop_source stop;
  const auto samples = unit_pixels(synthetic_images(5000, 3), 0, 5000);
  const auto score = evaluator.evaluate(
      samples, pool, [&](double) { stop.request_stop(); }, stop.get_token());
  EXPECT_EQ(score.samples, 2048);
}

// Seven pieces among two, three and nine; the score of pictures that each makes for itself.
TEST_F(Evaluation, RanksHaveTheBitsOfOne) {
  const auto samples = unit_pixels(synthetic_images(1700, 3), 0, 1700);
  const auto one = evaluator.evaluate(samples, pool);
  const PixelGaussian gaussian(train, pool);
  const double unit = gaussian_distance(evaluator, gaussian, 700, pool);
  for (const int size : {2, 3, 9})
    as_ranks(size, [&](Ranks& ranks) {
      ThreadPool own(1);
      const FrechetEvaluator shared(classifier, train, test, own, ranks);
      EXPECT_EQ(shared.floor(), evaluator.floor());
      int made = 0;
      const SampleSource source{1700, 300, [&](ItemRange part) {
                                  made += part.size();
                                  return std::vector<float>(samples.begin() + part.begin * 784,
                                                            samples.begin() + part.end * 784);
                                }};
      const auto score = shared.evaluate(source, own);
      EXPECT_EQ(score.distance, one.distance);
      EXPECT_EQ(score.confidence, one.confidence);
      EXPECT_EQ(score.class_entropy, one.class_entropy);
      EXPECT_EQ(score.classes, one.classes);
      EXPECT_EQ(score.features, one.features);
      EXPECT_LE(made, 1700 / size + 256) << "nobody makes more than a share";
      EXPECT_EQ(gaussian_distance(shared, gaussian, 700, own), unit);

      // What each keeps of the first 600 comes together.
      std::vector<float> kept(600);
      const SampleSource keeping{1700, 256, [&](ItemRange part) {
                                   for (int i = part.begin; i < std::min(part.end, 600); ++i)
                                     kept[static_cast<std::size_t>(i)] = static_cast<float>(i);
                                   return source.make(part);
                                 }};
      shared.evaluate(keeping, own);
      shared.gather(std::span(kept), 600, 1700);
      for (std::size_t i = 0; i < kept.size(); ++i) ASSERT_EQ(kept[i], static_cast<float>(i));
    });
}

TEST_F(Evaluation, WhatOneRankCannotJudgeNobodyDoes) {
  auto samples = unit_pixels(synthetic_images(1000, 3), 0, 1000);
  samples[900 * 784] = std::numeric_limits<float>::infinity();
  as_ranks(3, [&](Ranks& ranks) {
    ThreadPool own(1);
    const FrechetEvaluator shared(classifier, train, test, own, ranks);
    EXPECT_THAT(error_of([&] { shared.evaluate(samples, own); }),
                ::testing::HasSubstr("sample 900"));
    std::stop_source stop;
    if (ranks.rank() == 1) stop.request_stop();
    const std::span some(samples.data(), 700 * 784);
    EXPECT_EQ(shared.evaluate(some, own, {}, stop.get_token()).samples, 0);
    EXPECT_EQ(shared.evaluate(some, own).samples, 700) << "and they go on together";
  });
}

}  // namespace
}  // namespace phaseloom
