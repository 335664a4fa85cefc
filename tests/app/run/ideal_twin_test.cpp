// SPDX-License-Identifier: MIT
// Ideal against hardware: the same noise on both, the same bits when the hardware is ideal.

#include "app/run/ideal_twin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/commands/verbs.hpp"
#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

using test::small_options;
using test::state_of;

SessionOptions compared() {
  auto options = small_options();
  options.ui.compare = Compare::side;
  return options;
}

/// The ideal run as a session of its own sees it.
std::vector<float> ideal_state(const Session& session) {
  auto options = small_options();
  options.scene = session.scene();
  options.scene.hardware = {};
  options.scene.playing = false;
  Session ideal(options);
  ideal.post(verbs::seek, session.snapshot()->step);
  return state_of(ideal);
}

void expect_ideal(const Session& session) {
  ASSERT_NE(session.snapshot()->ideal.state, nullptr);
  EXPECT_EQ(*session.snapshot()->ideal.state, ideal_state(session));
}

TEST(IdealTwin, IsNotThereUnlessItIsAskedFor) {
  Session session(small_options());
  session.post("seek 5");
  EXPECT_EQ(session.snapshot()->ideal.state, nullptr);
  session.post("compare split");
  EXPECT_EQ(session.ui().compare, Compare::split);
  expect_ideal(session);
  session.post("compare off");
  EXPECT_EQ(session.snapshot()->ideal.state, nullptr);
  EXPECT_EQ(session.snapshot()->ideal_rms, 0);
}

TEST(IdealTwin, IsTheSameBitForBitOnIdealHardware) {
  Session session(compared());
  session.want_rates(true);
  for (int step = 0; step <= 12; ++step) {
    session.post(verbs::seek, step);
    const auto& s = *session.snapshot();
    ASSERT_NE(s.ideal.pixels, nullptr);
    EXPECT_EQ(*s.ideal.state, *s.state) << step;
    EXPECT_EQ(*s.ideal.pixels, *s.pixels) << step;
    EXPECT_EQ(*s.ideal.rates, *s.rates) << step;
    EXPECT_EQ(s.ideal_rms, 0);
  }
  session.post("set hardware.bits 3");
  const auto& s = *session.snapshot();
  EXPECT_NE(*s.ideal.state, *s.state) << "three bits should differ";
  EXPECT_GT(s.ideal_rms, 1e-4);
  expect_ideal(session);
}

TEST(IdealTwin, GoesAlongWhateverIsDone) {
  auto options = compared();
  options.scene.hardware.bits = 3;
  options.scene.hardware.phase_noise = 0.3;
  Session session(options);
  for (const auto* line : {"step 4",
                           "seek 11",
                           "back 3",
                           "seek 2",
                           "run",
                           "new_noise",
                           "step 2",
                           "set seed 9",
                           "run",
                           "set hardware.mismatch 0.4",
                           "set wall 2",
                           "seek 7",
                           "set integrator rk4",
                           "set steps_per_chunk 3",
                           "run",
                           "undo",
                           "undo",
                           "redo",
                           "restart",
                           "set model b",
                           "step 5",
                           "set hardware.bits 0",
                           "set noise_width 0.5"}) {
    session.post(line);
    SCOPED_TRACE(line);
    expect_ideal(session);
  }
}

TEST(IdealTwin, PlaysAlong) {
  auto options = compared();
  options.scene.hardware.bits = 2;
  options.scene.playing = true;
  Session session(options);
  for (int frame = 0; frame < 400; ++frame) {
    session.pass(1 / 60.);
    const auto& s = *session.snapshot();
    ASSERT_NE(s.ideal.state, nullptr) << frame;
    EXPECT_EQ(s.ideal.previous_pixels != nullptr, s.previous_pixels != nullptr) << frame;
    if (s.previous_state) {
      ASSERT_NE(s.ideal.previous_state, nullptr);
    }
    if (frame % 23 == 0) expect_ideal(session);
  }
  EXPECT_GT(session.scene().round, 0) << "it came to a second run";
}

// Switched on in the middle of a run, it comes after; what was played meanwhile is not lost.
TEST(IdealTwin, CatchesUp) {
  auto options = small_options();
  options.scene.hardware.bits = 2;
  options.scene.playing = true;
  Session session(options);
  session.post("advance 7");
  const auto before = state_of(session);
  session.post("compare difference");
  EXPECT_EQ(session.snapshot()->step, 7);
  EXPECT_EQ(state_of(session), before);
  EXPECT_TRUE(session.scene().playing);
  expect_ideal(session);
}

TEST(IdealTwin, IsComputedAgainBeyondItsBudget) {
  auto options = compared();
  options.scene.hardware.bits = 2;
  options.history_bytes = 3 * 540 * sizeof(float);
  Session session(options);
  session.post("run");
  session.post("seek 2");
  expect_ideal(session);
  session.post("seek 9");
  expect_ideal(session);
}

// Ideal from the start: hardware that became ideal in the middle does not make the past undone,
// while an integrator that changes in the middle changes for both.
TEST(IdealTwin, ChangesWithinARun) {
  auto options = compared();
  options.scene.playing = true;
  Session session(options);
  session.post("advance 5");
  session.post("set integrator euler");
  session.post("advance 3");
  EXPECT_EQ(session.snapshot()->step, 8);
  EXPECT_EQ(*session.snapshot()->ideal.state, state_of(session)) << "it branches with the run";
  session.post("back 2");
  EXPECT_EQ(*session.snapshot()->ideal.state, state_of(session));
  session.post("restart");
  session.post("seek 8");
  expect_ideal(session);

  session.post("set hardware.bits 2");
  session.post("restart");
  session.post("play");
  session.post("advance 5");
  session.post("set hardware.bits 0");
  session.post("advance 2");
  EXPECT_NE(*session.snapshot()->ideal.state, state_of(session));
  expect_ideal(session);
}

TEST(IdealTwin, OnAThreadOfItsOwnGivesTheSameBits) {
  auto options = compared();
  options.threaded = true;
  options.scene.hardware.bits = 3;
  Session session(options);
  session.post("seek 9");
  ASSERT_TRUE(session.settle(60));
  expect_ideal(session);
  session.post("compare off");
  session.post("seek 4");
  session.post("compare side");
  ASSERT_TRUE(session.settle(60));
  EXPECT_EQ(session.snapshot()->step, 4);
  expect_ideal(session);
}

TEST(IdealTwin, ARecordingComparesAgain) {
  auto options = small_options();
  options.scene.hardware.bits = 3;
  Session session(options);
  session.post("compare side");
  session.post("seek 6");
  Session again(small_options());
  for (const auto& line : parse_script(session.record(), "record")) again.post(line.command);
  EXPECT_EQ(*again.snapshot()->ideal.state, *session.snapshot()->ideal.state);
  EXPECT_EQ(state_of(again), state_of(session));
}

TEST(IdealTwin, WithoutAModelNothingIsCompared) {
  auto options = compared();
  options.scene.model = "none";
  Session session(options);
  session.post("compare split");
  session.pass(1);
  EXPECT_EQ(session.snapshot()->ideal.state, nullptr);
  session.post("set model a");
  session.post("seek 3");
  expect_ideal(session);
}

TEST(Realised, IsWhatTheHardwareHolds) {
  Session session(small_options());
  const auto& s = [&]() -> const Snapshot& { return *session.snapshot(); };
  EXPECT_EQ(s().realised.get(), &s().model->program) << "ideal hardware needs no copy";
  session.post("set hardware.bits 3");
  session.post("set hardware.density 0.5");
  session.post("set hardware.mismatch 0.2");
  EXPECT_EQ(s().realised->values, realise(s().model->program, s().scene.hardware).values);
  EXPECT_NE(s().realised->values, s().model->program.values);
  const auto held = s().realised;
  session.post("step");
  EXPECT_EQ(s().realised, held) << "copied only when the hardware changes";
  session.post("set model b");
  EXPECT_EQ(s().realised->values, realise(s().model->program, s().scene.hardware).values);
}

TEST(RmsDifference, IsRootMeanSquare) {
  EXPECT_EQ(rms_difference({}, {}), 0);
  EXPECT_NEAR(rms_difference({1, 2, 3}, {1, 2, 6}), std::sqrt(3), 1e-12);
  EXPECT_TRUE(std::isnan(rms_difference({std::numeric_limits<float>::quiet_NaN()}, {0})));
}

}  // namespace
}  // namespace phaseloom
