// SPDX-License-Identifier: MIT
#include "engine/learning/losses/wgan_loss.hpp"

#include <gtest/gtest.h>

#include "engine/support/lanes.hpp"
#include "tests/engine/learning/bars.hpp"

namespace phaseloom {
namespace {

/// A block of bars at two of the four places: 0 and 1, or 2 and 3.
AlignedVector<float> half_of_the_bars(const ImageSet& images, int kind) {
  const auto pixels = static_cast<std::size_t>(images.width * images.height);
  AlignedVector<float> pictures(pixels * kLanes);
  for (int lane = 0; lane < kLanes; ++lane) {
    const auto image = images.image(2 * kind + lane % 2);
    for (std::size_t p = 0; p < pixels; ++p)
      pictures[p * kLanes + static_cast<std::size_t>(lane)] =
          static_cast<float>(image[p]) / 127.5F - 1;
  }
  return pictures;
}

// Two kinds of hardware that make up for each other: together they show what is real. A critic that
// is not told of kinds has nothing to say; one that is sees what each of them lacks.
TEST(WganLoss, EachKindOfHardwareIsComparedByItself) {
  const ImageSet images = bars();
  ThreadPool pool;
  TrainSettings settings;
  settings.batch = kLanes;
  HardwareRange range;
  range.bits = {0, 2};
  range.pruned_share = 0;
  const auto mean_distance = [&](bool told) {
    settings.range = told ? std::optional(range) : std::nullopt;
    WganLoss loss(settings, images, 0, pool);
    AlignedVector<float> d;
    constexpr int kIterations = 60, kLast = 20;
    double sum = 0;
    for (int i = 0; i < kIterations; ++i) {
      const int kind = i % 2;
      const auto report = loss.pull({half_of_the_bars(images, kind), i, 1, {}, told ? kind : 0}, d);
      if (i >= kIterations - kLast) sum += report.distance;
    }
    return sum / kLast;
  };
  const double told = mean_distance(true), untold = mean_distance(false);
  EXPECT_GT(told, 1);
  EXPECT_LT(untold, 0.3 * told);
}

}  // namespace
}  // namespace phaseloom
