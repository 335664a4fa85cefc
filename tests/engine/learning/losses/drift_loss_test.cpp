// SPDX-License-Identifier: MIT
#include "engine/learning/losses/drift_loss.hpp"

#include <gtest/gtest.h>

#include "engine/support/random.hpp"
#include "tests/engine/learning/bars.hpp"
#include "tests/engine/learning/feature_space.hpp"

namespace phaseloom {
namespace {

/// Points of the plane, in two heaps around (-1, 0) and (1, 0) or around the middle.
FeatureMatrix points(int n, double half_gap, double width, std::uint64_t seed) {
  RandomSequence random(seed, Stream::batch);
  FeatureMatrix m(n, 2);
  for (int i = 0; i < n; ++i) {
    m(i, 0) = static_cast<float>((i % 2 ? half_gap : -half_gap) + width * random.normal());
    m(i, 1) = static_cast<float>(width * random.normal());
  }
  return m;
}

TEST(DriftLoss, DoesNotDependOnWhereTheOriginIs) {
  const auto x = points(16, 0, 1, 1), real = points(32, 1, 0.3, 2);
  Eigen::RowVector2f shift(3, -2);
  const FeatureMatrix there =
      DriftLoss::field(x.rowwise() + shift, real.rowwise() + shift, x.rowwise() + shift, 0.2f);
  EXPECT_LT((there - DriftLoss::field(x, real, x, 0.2f)).norm(), 1e-4 * there.norm());
}

// At equilibrium only the noise of the two samples is left.
TEST(DriftLoss, VanishesWhenBothSetsAreAlike) {
  const auto x = points(400, 1, 0.3, 1), alike = points(400, 1, 0.3, 2),
             other = points(400, 0, 1, 3);
  EXPECT_LT(DriftLoss::field(x, alike, x, 0.2f).norm(),
            0.3 * DriftLoss::field(x, other, x, 0.2f).norm());
}

TEST(DriftLoss, CarriesASampleToBothHeaps) {
  FeatureMatrix x = points(64, 0, 0.5, 1);
  x.col(0).array() += 0.5f;  // nearer to one of them
  for (std::uint64_t step = 0; step < 400; ++step)
    x += 0.5f * DriftLoss::field(x, points(64, 1, 0.1, 10 + step), x, 0.2f);
  int left = 0, near = 0;
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    left += x(i, 0) < 0;
    near += std::abs(std::abs(x(i, 0)) - 1) < 0.3f && std::abs(x(i, 1)) < 0.3f;
  }
  // The field is local: shares follow from where the sample began, not from the heaps' weights.
  EXPECT_GE(near, 48) << "three in four of 64 are in a heap";
  EXPECT_GE(left, 6) << "the farther heap is not forgotten";
}

TEST(DriftLoss, SignalIsTheSameForAnyNumberOfThreads) {
  const FeatureNet net = random_feature_net();
  const TrainSettings settings{.loss = Loss::drift};
  const ImageSet images = bars();
  AlignedVector<float> signal[2];
  for (int k = 0; k < 2; ++k) {
    ThreadPool pool(1 + 2 * k);
    DriftLoss loss(net, settings, images, 0, pool);
    for (int i = 0; i < 3; ++i) loss.pull({random_pictures(settings.batch, i), i, 1}, signal[k]);
  }
  EXPECT_TRUE(signal[0] == signal[1]);
}

// After FarDrift::kFirst batches, which would take long here: the state is made to say so.
TEST(DriftLoss, SeesBothSetsAsWholesAfterAWhile) {
  const FeatureNet net = random_feature_net();
  const TrainSettings settings{.loss = Loss::drift};
  const ImageSet images = bars();
  ThreadPool pool(2);
  const auto pictures = random_pictures(settings.batch, 1);
  AlignedVector<float> early, late;
  DriftLoss loss(net, settings, images, 0, pool), older(net, settings, images, 0, pool);
  loss.pull({pictures, 0, 1}, early);
  older.pull({pictures, 0, 1}, late);
  TensorFile file;
  StateWriter writer(file);
  loss.visit_state(writer);
  file.metadata.at("far.batches") = std::to_string(FarDrift::kFirst);
  StateReader reader(file);
  older.visit_state(reader);
  const double near = loss.pull({pictures, 1, 1}, early).distance;
  const double all = older.pull({pictures, 1, 1}, late).distance;
  EXPECT_GT(all, near);
  EXPECT_LT(dot(early, late), 0.99 * std::sqrt(dot(early, early) * dot(late, late)))
      << "all else is the same";
}

// Along the signal the pictures' features move as the field says: a descent brings them nearer.
TEST(DriftLoss, PicturesThatFollowTheSignalDriftLess) {
  const FeatureNet net = random_feature_net();
  const TrainSettings settings{.loss = Loss::drift, .replay = 0};
  const ImageSet images = bars();
  ThreadPool pool(2);
  DriftLoss loss(net, settings, images, 0, pool);
  auto pictures = random_pictures(settings.batch, 1);
  AlignedVector<float> signal;
  const double before = loss.pull({pictures, 0, 1}, signal).distance;
  double after = 0;
  for (int i = 0; i < 40; ++i) {
    const float size =
        std::sqrt(static_cast<float>(dot(signal, signal)) / static_cast<float>(signal.size()));
    pictures = moved(std::move(pictures), signal, -0.02f / size);
    after = loss.pull({pictures, 0, 1}, signal).distance;
  }
  EXPECT_LT(after, 0.7 * before);
}

}  // namespace
}  // namespace phaseloom
