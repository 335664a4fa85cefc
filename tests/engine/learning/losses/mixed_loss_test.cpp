// SPDX-License-Identifier: MIT
#include "engine/learning/losses/mixed_loss.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/learning/bars.hpp"
#include "tests/engine/learning/feature_space.hpp"

namespace phaseloom {
namespace {

// The signal less the critic's is along the drift's and half as long as the critic's.
TEST(MixedLoss, PullsBothWays) {
  const FeatureNet net = random_feature_net();
  const TrainSettings settings{.loss = Loss::wgan_gp_drift};
  const ImageSet images = bars();
  AlignedVector<float> both[2];
  for (int k = 0; k < 2; ++k) {
    ThreadPool pool(1 + 2 * k);
    AlignedVector<float> critic, drift;
    WganLoss critic_alone(settings, images, 0, pool);
    DriftLoss drift_alone(net, settings, images, 0, pool);
    MixedLoss mixed(net, settings, images, 0, pool);
    for (int i = 0; i < 3; ++i) {
      const auto pictures = random_pictures(settings.batch, i);
      const GeneratedBatch batch{pictures, i, 1};
      const LossReport alone = critic_alone.pull(batch, critic);
      drift_alone.pull(batch, drift);
      EXPECT_EQ(mixed.pull(batch, both[k]).distance, alone.distance);
    }
    const auto rest = moved(both[k], critic, -1);
    const auto length = [](const auto& v) { return std::sqrt(dot(v, v)); };
    EXPECT_NEAR(length(rest) / length(critic), 0.5, 1e-3);
    EXPECT_NEAR(dot(rest, drift) / (length(rest) * length(drift)), 1, 1e-3);
  }
  EXPECT_TRUE(both[0] == both[1]) << "one thread and three";
}

}  // namespace
}  // namespace phaseloom
