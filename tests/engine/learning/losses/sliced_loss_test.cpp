// SPDX-License-Identifier: MIT
#include "engine/learning/losses/sliced_loss.hpp"

#include <gtest/gtest.h>

#include "tests/engine/learning/bars.hpp"
#include "tests/engine/learning/feature_space.hpp"

namespace phaseloom {
namespace {

class SlicedLossTest : public ::testing::Test {
 protected:
  FeatureNet net = random_feature_net();
  TrainSettings settings{.loss = Loss::sliced_wasserstein};
  ImageSet images = bars();

  /// The first batch of a training: nothing keeps it company yet.
  LossReport first(const AlignedVector<float>& pictures, AlignedVector<float>& d_pictures,
                   int threads = 2) {
    ThreadPool pool(threads);
    return SlicedLoss(net, settings, images, pool).pull({pictures, 0, 1}, d_pictures);
  }
};

// The signal is the gradient of the distance times the number of features: projections of unit
// length see one dimension each. Sorting and the network have kinks, hence 3 %.
TEST_F(SlicedLossTest, SignalIsTheGradientOfTheDistance) {
  const auto pictures = random_pictures(settings.batch, 1);
  AlignedVector<float> signal, unused;
  first(pictures, signal);
  const float h = 1e-3f / std::sqrt(static_cast<float>(dot(signal, signal)) / 50176.0f);
  const double up = first(moved(pictures, signal, h), unused).objective;
  const double down = first(moved(pictures, signal, -h), unused).objective;
  const double expected = dot(signal, signal) / net.features();
  EXPECT_NEAR((up - down) / (2 * double{h}), expected, 0.03 * expected);
}

TEST_F(SlicedLossTest, SameBitsForAnyNumberOfThreads) {
  const auto pictures = random_pictures(settings.batch, 1);
  AlignedVector<float> one, three;
  first(pictures, one, 1);
  first(pictures, three, 3);
  EXPECT_TRUE(one == three);
}

TEST_F(SlicedLossTest, RealPicturesAreFarNearerThanNoise) {
  ThreadPool pool(2);
  AlignedVector<float> real, unused;
  RealBatches(images, settings.batch, 9).load(0, 0, real, pool);
  const double noise = first(random_pictures(settings.batch, 1), unused).distance;
  EXPECT_LT(first(real, unused).distance, noise / 10);
}

}  // namespace
}  // namespace phaseloom
