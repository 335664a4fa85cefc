// SPDX-License-Identifier: MIT
#include "engine/transport/flow.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/transport/mlp.hpp"
#include "engine/transport/pair.hpp"

namespace phaseloom {
namespace {

const Points kSource = pair_named("D1").source(1, 0, 40);

TransportModel physics(const char* substrate = "kuramoto_shil", int hidden = 3, int chunks = 3) {
  return TransportProgram{make_program(substrate_named(substrate),
                                       Topology::all_to_all({2 + hidden, 1, 1}, 2), chunks, 1.0,
                                       0.8, 11)};
}
TransportModel mlp() {
  auto parameters = initial_mlp(2);
  RandomSequence random(1, Stream::batch);
  for (float& p : parameters) p += static_cast<float>(0.05 * random.normal());
  return TransportMlp{parameters};
}

TEST(Flow, TimesAndBorders) {
  const FlowPaths paths = flow(physics(), kSource, 4);
  ASSERT_EQ(paths.times.size(), 13u);
  EXPECT_EQ(paths.points, 40);
  EXPECT_EQ(paths.positions.size(), 13u * 40);
  EXPECT_EQ(paths.borders, (std::vector<int>{0, 4, 8, 12}));
  for (std::size_t i = 0; i < paths.times.size(); ++i)
    EXPECT_NEAR(paths.times[i], double(i) / 12, 1e-12);
  EXPECT_TRUE(std::ranges::equal(paths.at(0), kSource));
  EXPECT_EQ(flow(mlp(), kSource, 5).borders, (std::vector<int>{0, 5}));
  EXPECT_TRUE(flow(physics(), {}, 4).positions.empty());
}

TEST(Flow, PathsEndWherePointsAreTransported) {
  for (const TransportModel& model : {physics(), physics("aim_tanh"), mlp()}) {
    const FlowPaths paths = flow(model, kSource, 20);
    const Points ends = transported(model, kSource, 20);
    const auto last = paths.at(static_cast<int>(paths.times.size()) - 1);
    for (std::size_t i = 0; i < ends.size(); ++i) EXPECT_EQ(ends[i], wrapped(model, last[i]));
  }
}

TEST(Flow, TheTruthDoesNotDependOnTheStep) {
  for (const TransportModel& model : {physics(), physics("aim_poly", 2, 1), mlp()}) {
    const Points ends = transported(model, kSource);
    const Points finer = transported(model, kSource, 3 * truth_steps_per_chunk(model));
    for (std::size_t i = 0; i < ends.size(); ++i) {
      EXPECT_NEAR(ends[i].x, finer[i].x, 1e-5);
      EXPECT_NEAR(ends[i].y, finer[i].y, 1e-5);
    }
  }
}

/// The arrows that are drawn are the motion that is drawn.
TEST(Flow, VelocityIsThePathsSlope) {
  for (const TransportModel& model : {physics(), physics("aim_tanh"), mlp()}) {
    const std::span<const Point> one(kSource.data(), 1);
    const FlowPaths path = flow(model, one, 60 / chunks_of(model));
    const double dt = path.times[1];
    for (const int step : {7, 31, 52}) {
      const double t = path.times[step];
      const auto hidden = hidden_state(model, one, t);
      EXPECT_EQ(static_cast<int>(hidden.size()), hidden_of(model));
      const Point v = velocity(model, t, path.at(step), hidden)[0];
      const Point a = path.at(step - 1)[0], b = path.at(step + 1)[0];
      // Central difference over 2/60 of time, and the nearest stored hidden state.
      EXPECT_NEAR(v.x, (b.x - a.x) / (2 * dt), 0.05);
      EXPECT_NEAR(v.y, (b.y - a.y) / (2 * dt), 0.05);
    }
  }
}

TEST(Flow, ParametersChangeAtTheBorder) {
  const TransportModel model = physics("kuramoto_shil", 0, 2);
  const std::vector<float> none;
  const auto before = velocity(model, 0.499, kSource, none);
  const auto after = velocity(model, 0.501, kSource, none);
  EXPECT_NE(before, after);
  EXPECT_EQ(velocity(model, 0.1, kSource, none), before);
  EXPECT_EQ(velocity(model, 1, kSource, none), after);
}

TEST(Flow, HiddenUnitsStartAtZero) {
  const auto hidden = hidden_state(physics(), kSource, 0);
  ASSERT_EQ(hidden.size(), 3u);
  for (const float h : hidden) EXPECT_EQ(h, 0);
  const auto later = hidden_state(physics(), kSource, 0.5);
  for (const float h : later) EXPECT_NE(h, 0);
  EXPECT_TRUE(hidden_state(mlp(), kSource, 0.5).empty());
}

/// A phase that has turned around once is where it was; by half a turn it is elsewhere.
TEST(Flow, PhasesWrapByWholeTurns) {
  const TransportModel phases = physics(), voltages = physics("aim_tanh");
  EXPECT_NEAR(wrapped(phases, {2.3f, -1.7f}).x, 0.3f, 1e-6);
  EXPECT_NEAR(wrapped(phases, {2.3f, -1.7f}).y, 0.3f, 1e-6);
  EXPECT_EQ(wrapped(phases, {0.75f, -0.9f}), (Point{0.75f, -0.9f}));
  EXPECT_EQ(wrapped(voltages, {2.3f, -1.7f}), (Point{2.3f, -1.7f}));
  // Alone, at its natural frequency: ω = 2π + π/2 over one unit of time is 2.5 in x, wrapped 0.5.
  TransportProgram turning{
      make_program(substrate_named("kuramoto"), Topology::all_to_all({2, 1, 1}, 2), 1, 1.0, 0, 1)};
  for (float& omega : turning.program.unit_values(0, 0))
    omega = static_cast<float>(2.5 * std::numbers::pi);
  const Points origin{{0, 0}};
  EXPECT_NEAR(transported(turning, origin)[0].x, 0.5f, 1e-5);
  EXPECT_NEAR(flow(turning, origin, 64).at(64)[0].x, 2.5f, 1e-5);
}

}  // namespace
}  // namespace phaseloom
