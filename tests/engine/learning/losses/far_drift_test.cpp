// SPDX-License-Identifier: MIT
#include "engine/learning/losses/far_drift.hpp"

#include <gtest/gtest.h>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

constexpr int kDimensions = 6, kRows = 64;

/// Rows of a Gaussian around `mean` (in every direction), as wide as `width` times 1, 2, 3, ...
FeatureMatrix cloud(int rows, float mean, float width, std::uint64_t seed) {
  RandomSequence random(seed, Stream::batch);
  FeatureMatrix x(rows, kDimensions);
  for (int i = 0; i < rows; ++i)
    for (int d = 0; d < kDimensions; ++d)
      x(i, d) = mean + width * static_cast<float>((d + 1) * random.normal());
  return x;
}

Moments real() { return moments_of(cloud(50'000, 1, 0.3f, 1).cast<double>()); }

/// After so many batches that there is a field.
FarDrift seasoned(float mean, float width) {
  FarDrift far(real());
  for (std::int64_t i = 0; i < FarDrift::kFirst; ++i)
    EXPECT_EQ(far.field(cloud(kRows, mean, width, 10 + i)).norm(), 0) << "batch " << i;
  return far;
}

// Twice as wide and off by 2: V(x) = 1 + (x - 3) / 2 - x. The running averages of 300 batches know
// it to a twentieth.
TEST(FarDrift, IsTheTransportBetweenTheGaussians) {
  FarDrift far = seasoned(3, 0.6f);
  const FeatureMatrix x = cloud(kRows, 3, 0.6f, 2);
  const FeatureMatrix expected = ((x.array() - 3) * 0.5f + 1 - x.array()).matrix();
  EXPECT_LT((far.field(x) - expected).norm(), 0.05 * expected.norm());
}

TEST(FarDrift, NearlyVanishesWhenBothAreAlike) {
  FarDrift far = seasoned(1, 0.3f);
  const FeatureMatrix x = cloud(kRows, 1, 0.3f, 2);
  const auto around = (x.array() - 1).matrix();
  EXPECT_LT(far.field(x).norm(), 0.05 * around.norm());
}

// A sample that follows the field ends up with the real moments, whatever its shape.
TEST(FarDrift, CarriesASampleToTheRealMoments) {
  FarDrift far(real());
  FeatureMatrix x = cloud(512, -1, 1, 5);
  for (int i = 0; i < 3000; ++i) x += 0.02f * far.field(x);
  const Moments there = moments_of(x.cast<double>());
  const Eigen::MatrixXd c = real().covariance();
  EXPECT_LT((there.mean - real().mean).norm(), 0.02 * real().mean.norm());
  EXPECT_LT((there.covariance() - c).norm(), 0.02 * c.norm());
}

// Between two new maps, too: the map is part of the state.
TEST(FarDrift, GoesOnFromItsState) {
  for (const int more : {0, 7}) {
    FarDrift far = seasoned(3, 0.6f);
    for (int i = 0; i < more; ++i) far.field(cloud(kRows, 3, 0.6f, 1000 + i));
    TensorFile file;
    StateWriter writer(file);
    far.visit_state(writer);
    FarDrift again(real());
    StateReader reader(file);
    again.visit_state(reader);
    for (int i = 0; i < 15; ++i) {
      const FeatureMatrix x = cloud(kRows, 3, 0.6f, 2000 + i);
      EXPECT_TRUE(far.field(x) == again.field(x)) << more << " + " << i;
    }
  }
}

}  // namespace
}  // namespace phaseloom
