// SPDX-License-Identifier: MIT
#include "engine/learning/frozen_core.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/hardware/hardware.hpp"
#include "engine/learning/trainer.hpp"
#include "tests/engine/learning/bars.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr double kShare = 0.25;

Program pruned(const Program& program, double density) {
  return realise(program, {.density = density});
}

TEST(FrozenCore, PutsItselfBackAndStaysTheStrongest) {
  const Program before = network();
  const FrozenCore core(before, kShare);
  Program after = before;
  for (float& v : after.values) v = 3 * v + 0.5F;
  core.hold(after.values);
  EXPECT_EQ(pruned(after, kShare).values, pruned(before, kShare).values);
  EXPECT_NE(after.values, before.values);
  // A weak coupling that stays weak may be anything.
  Program weaker = before;
  for (float& v : weaker.values) v *= 0.5F;
  core.hold(weaker.values);
  const auto kept = kept_couplings(before, kShare);
  for (int chunk = 0; chunk < before.chunks(); ++chunk)
    for (std::size_t i = 0; i < kept.size(); ++i)
      EXPECT_EQ(weaker.weights(chunk)[i], before.weights(chunk)[i] * (kept[i] ? 1.0F : 0.5F));
}

// What the core does alone is kept to the bit, while the network around it learns.
TEST(FrozenCore, ATrainingGrowsAroundIt) {
  const ImageSet images = bars();
  ThreadPool pool;
  const Program start = network();
  for (const bool any : {false, true}) {
    TrainSettings settings;
    settings.generator_rate = 0.05F;
    settings.core = kShare;
    if (any) settings.range.emplace();
    Trainer trainer(start, images, settings, nullptr, pool);
    for (int i = 0; i < 8; ++i) trainer.iterate(i / 8.0);
    const Program grown = trainer.average();
    EXPECT_EQ(pruned(grown, kShare).values, pruned(start, kShare).values);
    double moved = 0;
    for (std::size_t i = 0; i < grown.values.size(); ++i)
      moved += std::abs(grown.values[i] - start.values[i]);
    EXPECT_GT(moved, 0.1);
  }
}

TEST(FrozenCore, ARangeDrawsDensitiesAboveIt) {
  TrainSettings settings;
  settings.range.emplace().least_density = 0.2;
  EXPECT_EQ(range_of(settings), settings.range) << "without a core it is as it was";
  settings.core = 0.4;
  const HardwareRange range = *range_of(settings);
  double least = 1;
  for (int i = 0; i < 1000; ++i) least = std::min(least, draw(range, {}, 7, i).density);
  EXPECT_GT(least, 0.4);
  EXPECT_LT(least, 0.41) << "uniform numbers, 500 of them, come that near to their end";
}

TEST(FrozenCore, IsSmallerThanTheNetwork) {
  TrainSettings settings;
  settings.core = 0.5;
  validate(settings);
  settings.hardware.density = 0.5;
  EXPECT_THAT(error_of([&] { validate(settings); }), HasSubstr("must be smaller"));
}

}  // namespace
}  // namespace phaseloom
