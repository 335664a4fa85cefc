// SPDX-License-Identifier: MIT
#include "engine/playground/excerpt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/playground/presets.hpp"
#include "engine/playground/run.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// 9 x 9 in two layers, three chunks; small steps, so that what is left of an error is seen.
std::shared_ptr<const Program> network(int steps_per_chunk) {
  Program program =
      make_program(substrate_named("kuramoto_shil"),
                   Topology::with_labels(*Topology::local({9, 9, 2}, 1), 3), 3, 0.8, 0.3, 5);
  program.steps_per_chunk = steps_per_chunk;
  program.integrator = Integrator::rk4;
  return std::make_shared<const Program>(std::move(program));
}

std::shared_ptr<const Excerpt> cut(int steps_per_chunk = 40, int unit = 40, int reach = 1) {
  const auto whole = network(steps_per_chunk);
  RunSettings settings = settings_of(*whole);
  settings.first_sample = 7;
  return std::make_shared<const Excerpt>(cut_excerpt(whole, settings, unit, reach));
}

PlaygroundRun run_of(std::shared_ptr<const Excerpt> excerpt) {
  return PlaygroundRun(preset_setup(Preset::pixel), std::move(excerpt));
}

/// Largest distance of a unit within the window from the run of the whole, until its end.
double apart(PlaygroundRun& run, int steps) {
  double most = 0;
  for (int i = 0; i < steps; ++i) {
    EXPECT_TRUE(run.advance(1));
    const auto recorded = run.recorded();
    for (int k = 0; k < run.excerpt()->inner; ++k) {
      const auto at = static_cast<std::size_t>(k);
      most = std::max(most, std::abs(std::remainder(double(run.now().state[at]) - recorded[at],
                                                    2 * std::numbers::pi)));
    }
  }
  return most;
}

TEST(Excerpt, IsAWindowOfAllLayersAndWhatItListensTo) {
  const auto excerpt = cut();
  EXPECT_EQ(excerpt->inner, 9 * 2);
  EXPECT_EQ(excerpt->units.size(), 25U * 2 + 3) << "a border of one around it, and the labels";
  const Topology& part = *excerpt->program.topology;
  for (int i = 0; i < part.units(); ++i) {
    const auto there =
        excerpt->whole->topology->sources_of(excerpt->units[static_cast<std::size_t>(i)]);
    EXPECT_EQ(part.sources_of(i).size(), i < excerpt->inner ? there.size() : 0U);
  }
  // Each coupling has the weight that it has in the whole network.
  for (int chunk = 0; chunk < 3; ++chunk)
    for (int i = 0; i < excerpt->inner; ++i)
      for (const int source : part.sources_of(i)) {
        const auto here = part.find(i, source);
        const auto there =
            excerpt->whole->topology->find(excerpt->units[static_cast<std::size_t>(i)],
                                           excerpt->units[static_cast<std::size_t>(source)]);
        EXPECT_EQ(excerpt->program.weights(chunk)[static_cast<std::size_t>(here)],
                  excerpt->whole->weights(chunk)[static_cast<std::size_t>(there)]);
      }
}

TEST(Excerpt, GoesAsInTheRunOfTheWholeNetwork) {
  // The border is led by its mean over a step: an error of second order.
  PlaygroundRun coarse = run_of(cut(20)), fine = run_of(cut(40));
  const double at_20 = apart(coarse, 60), at_40 = apart(fine, 120);
  EXPECT_LT(at_40, 2e-3);
  EXPECT_NEAR(std::log2(at_20 / at_40), 2, 0.4);
}

TEST(Excerpt, ATurnedUnitGoesItsOwnWay) {
  PlaygroundRun run = run_of(cut());
  ASSERT_TRUE(run.advance(10));
  run.turn(4, run.now().state[4] + 2);
  EXPECT_GT(apart(run, 5), 0.5);
  EXPECT_THROW(run.turn(run.excerpt()->inner, 0), Error) << "the border is led";
}

TEST(Excerpt, BeginsAgainAtItsEndAndGoesBack) {
  PlaygroundRun run = run_of(cut(10));
  ASSERT_TRUE(run.advance(1));
  const auto first = run.now().state;
  ASSERT_TRUE(run.advance(9));
  const auto tenth = run.now().state;
  ASSERT_TRUE(run.advance(5));
  ASSERT_TRUE(run.back(5));
  EXPECT_EQ(run.now().state, tenth);
  ASSERT_TRUE(run.advance(20));
  EXPECT_EQ(run.now().step, 30);
  EXPECT_NEAR(run.now().time, 2.4, 1e-9);
  ASSERT_TRUE(run.advance(1));
  EXPECT_EQ(run.now().step, 1);
  EXPECT_EQ(run.now().state, first);
}

TEST(Excerpt, IsAsLargeAsThePlaygroundTakes) {
  const auto at_corner = cut(10, 0, 2);
  EXPECT_EQ(at_corner->inner, 9 * 2) << "clipped";
  const auto whole = std::make_shared<const Program>(
      make_program(substrate_named("kuramoto"), Topology::local({28, 28, 2}, 4), 1, 0.5, 0.1, 1));
  const Excerpt large = cut_excerpt(whole, settings_of(*whole), 406, 6);
  EXPECT_LE(large.network.count(), kMaxPlaygroundUnits);
  EXPECT_GT(large.inner, 2);
  const auto all = std::make_shared<const Program>(make_program(
      substrate_named("kuramoto"), Topology::all_to_all({30, 30, 1}, 900), 1, 0.5, 0.1, 1));
  EXPECT_THROW((void)cut_excerpt(all, settings_of(*all), 3, 0), Error);
  EXPECT_THROW((void)cut_excerpt(whole, settings_of(*whole), 5000, 1), Error);
}

TEST(Excerpt, ReplacesAndIsReplacedByANetworkOfOnesOwn) {
  PlaygroundRun run(preset_setup(Preset::crowd));
  ASSERT_TRUE(run.advance(3));
  const auto excerpt = cut();
  ASSERT_TRUE(run.assign(preset_setup(Preset::pixel), excerpt));
  EXPECT_EQ(run.network().count(), excerpt->network.count());
  ASSERT_TRUE(run.advance(3));
  ASSERT_TRUE(run.assign(preset_setup(Preset::two_clocks)));
  EXPECT_EQ(run.network().count(), 2);
  EXPECT_TRUE(run.advance(3));
}

}  // namespace
}  // namespace phaseloom
