// SPDX-License-Identifier: MIT
#include "engine/playground/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/playground/presets.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

TEST(PlaygroundRun, GoesBackAndForthToTheSameBits) {
  for (const Preset preset : {Preset::crowd, Preset::max_cut, Preset::double_well}) {
    PlaygroundRun run(preset_info(preset).setup());
    ASSERT_TRUE(run.advance(30));
    const auto there = run.now().state;
    ASSERT_TRUE(run.advance(20));
    const auto further = run.now().state;
    ASSERT_TRUE(run.back(20));
    EXPECT_EQ(run.now().state, there);
    EXPECT_EQ(run.now().step, 30);
    ASSERT_TRUE(run.advance(20));
    EXPECT_EQ(run.now().state, further);
    run.restart();
    ASSERT_TRUE(run.advance(30));
    EXPECT_EQ(run.now().state, there);
    EXPECT_FALSE(run.back(31) && run.back());
  }
}

TEST(PlaygroundRun, KeepsSoManyMomentsAndTheirTimes) {
  PlaygroundRun run(preset_info(Preset::two_clocks).setup());
  ASSERT_TRUE(run.advance(PlaygroundRun::kKept + 50));
  EXPECT_EQ(run.moments().size(), std::size_t(PlaygroundRun::kKept));
  EXPECT_NEAR(run.now().time, (PlaygroundRun::kKept + 50) * run.setup().step, 1e-9);
}

TEST(PlaygroundRun, AChangeKeepsTheStates) {
  PlaygroundRun run(preset_info(Preset::own).setup());
  ASSERT_TRUE(run.advance(20));
  const auto before = run.now().state;
  PlaygroundSetup setup = run.setup();
  setup.coupling = 2;
  run.assign(setup);
  EXPECT_EQ(run.now().state, before);
  EXPECT_EQ(run.now().step, 20);

  setup.own = OwnNetwork(without_unit(run.network(), 2));
  run.assign(setup);
  ASSERT_EQ(run.now().state.size(), before.size() - 1);
  EXPECT_EQ(run.now().state[1], before[1]);
  EXPECT_EQ(run.now().state[2], before[3]) << "states go with their units";
  setup.own = OwnNetwork(with_unit(run.network(), 0.5F, 0.5F));
  run.assign(setup);
  EXPECT_EQ(run.now().state[2], before[3]);
  EXPECT_TRUE(run.advance(5));
}

TEST(PlaygroundRun, WhatIsOnlyWatchedChangesNothing) {
  PlaygroundSetup setup = preset_info(Preset::max_cut).setup();
  PlaygroundRun run(setup), other(setup);
  ASSERT_TRUE(run.advance(10));
  ASSERT_TRUE(other.advance(10));
  setup.speed = 7;
  setup.carrier = 2;
  run.assign(setup);
  ASSERT_TRUE(run.advance(10));
  ASSERT_TRUE(other.advance(10));
  EXPECT_EQ(run.now().state, other.now().state);
  EXPECT_TRUE(run.moments()[11]->continues);
}

TEST(PlaygroundRun, UnitsAreTurnedAndDisturbed) {
  PlaygroundRun run(preset_info(Preset::crowd).setup());
  run.turn(5, 1.25);
  EXPECT_EQ(run.now().state[5], 1.25F);
  EXPECT_THROW(run.turn(100, 0), Error);
  const auto before = run.now().state;
  run.disturb(0.5);
  int changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) changed += run.now().state[i] != before[i];
  EXPECT_NEAR(changed, 50, 25);  // five standard deviations
}

TEST(PlaygroundRun, StopsBeforeWhatIsNotFinite) {
  PlaygroundSetup setup = preset_info(Preset::double_well).setup();
  setup.step = 1;
  setup.j4 = 1e6;
  setup.temperature = 50;
  PlaygroundRun run(setup);
  EXPECT_FALSE(run.advance(1000));
  for (const float x : run.now().state) EXPECT_TRUE(std::isfinite(x));
}

TEST(PlaygroundRun, RunsEverySubstrateAndPreset) {
  for (const PresetInfo& preset : presets()) {
    PlaygroundRun run(preset.setup());
    const auto meter = preset.meter();
    meter->disturbed(run);
    ASSERT_TRUE(run.advance(5)) << preset.title;
    meter->take(run);
    EXPECT_FALSE(meter->read(run).remark.empty()) << preset.title;
    for (const MeterLine& line : meter->read(run).lines)
      EXPECT_NE(std::ranges::find(kMeterKeys, line.key), std::end(kMeterKeys)) << line.key;
  }
  for (std::size_t i = 0; i < all_substrates().size(); ++i) {
    PlaygroundSetup setup = preset_info(Preset::own).setup();
    setup.substrate = static_cast<Substrate>(i);
    PlaygroundRun run(setup);
    EXPECT_TRUE(run.advance(50)) << all_substrates()[i].name;
  }
}

}  // namespace
}  // namespace phaseloom
