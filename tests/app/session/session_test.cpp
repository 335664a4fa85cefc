// SPDX-License-Identifier: MIT
#include "app/session/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "app/commands/verbs.hpp"
#include "app/run/readout.hpp"
#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using test::small_options;
using test::state_of;
using ::testing::HasSubstr;

/// The state after `step` steps of the scene, straight from the simulator.
std::vector<float> expected_state(const Scene& scene, int step) {
  const Model model = test::load_small(scene.model);
  ThreadPool pool(1);
  RunSettings settings = settings_of(model.program);
  if (scene.integrator) settings.integrator = *scene.integrator;
  if (scene.steps_per_chunk > 0) settings.steps_per_chunk = scene.steps_per_chunk;
  if (scene.temperature >= 0) settings.temperature = scene.temperature;
  settings.seed = scene.seed;
  settings.first_sample = std::uint64_t(scene.round * scene.lanes());
  settings.noise_width = scene.noise_width;
  if (scene.label && model.program.topology->labels() > *scene.label) settings.label = *scene.label;
  Simulator simulator(model.program, scene.hardware, settings, scene.lanes(), pool);
  simulator.restart();
  simulator.advance(step);
  std::vector<float> state(std::size_t(model.program.topology->units()) *
                           std::size_t(scene.lanes()));
  simulator.read_state(state);
  return state;
}

void expect_pure(const Session& session) {
  EXPECT_EQ(state_of(session), expected_state(session.scene(), session.snapshot()->step));
}

TEST(Session, DescribesTheRun) {
  Session session(small_options());
  const auto& s = *session.snapshot();
  EXPECT_EQ(s.step, 0);
  EXPECT_EQ(s.total_steps, 12);
  EXPECT_EQ(s.chunks, 3);
  EXPECT_EQ(s.settings.steps_per_chunk, 4);
  EXPECT_EQ(s.duration, 1.5);
  EXPECT_EQ(s.speed, 3);
  EXPECT_EQ(s.lanes, 9);
  EXPECT_EQ(s.units, 60);
  EXPECT_EQ(s.visible, 30);
  EXPECT_EQ(s.model->name, "a");
  EXPECT_EQ(s.state->size(), 540u);
  EXPECT_EQ(s.pixels->size(), 270u);
  EXPECT_EQ(s.rates, nullptr);
  EXPECT_TRUE(s.messages->empty());
  EXPECT_EQ(s.steps_per_second, 0);
  expect_pure(session);

  session.want_rates(true);
  ASSERT_NE(session.snapshot()->rates, nullptr);
  EXPECT_EQ(session.snapshot()->rates->size(), 540u);
  session.post("step 5");
  EXPECT_EQ(session.snapshot()->chunk, 1);
  EXPECT_NEAR(session.snapshot()->time, 5 * 0.125, 1e-6);
  session.want_rates(false);
  EXPECT_EQ(session.snapshot()->rates, nullptr);
}

TEST(Session, PixelsAreTheReadOutOfTheState) {
  Session session(small_options());
  session.post("run");
  const auto& s = *session.snapshot();
  for (int lane = 0; lane < s.lanes; ++lane)
    for (int unit = 0; unit < s.visible; ++unit)
      EXPECT_NEAR(
          (*s.pixels)[std::size_t(lane * s.visible + unit)],
          read_pixel(s.model->program.readout, (*s.state)[std::size_t(unit * s.lanes + lane)]),
          1e-5);
}

TEST(Session, StepsSeeksAndStays) {
  Session session(small_options());
  const auto at = [&](const char* line) {
    session.post(line);
    expect_pure(session);
    return session.snapshot()->step;
  };
  EXPECT_EQ(at("step"), 1);
  EXPECT_EQ(at("step 4"), 5);
  EXPECT_EQ(at("back"), 4);
  EXPECT_EQ(at("back 100"), 0);
  EXPECT_EQ(at("run"), 12);
  EXPECT_TRUE(session.snapshot()->finished());
  EXPECT_EQ(at("step"), 12);
  EXPECT_EQ(at("seek 7"), 7);
  EXPECT_EQ(at("seek 12"), 12);
  EXPECT_EQ(at("restart"), 0);
  EXPECT_TRUE(session.snapshot()->messages->empty());
  EXPECT_EQ(at("seek 13"), 0);
  EXPECT_THAT(last_message(session), HasSubstr("from 0 to 12"));
}

TEST(Session, ScrubbingRestoresTheSameBits) {
  auto options = small_options();
  options.scene.hardware.phase_noise = 0.2;  // each step draws new noise
  options.scene.hardware.weight_noise = 0.1;
  Session session(options);
  std::vector<std::vector<float>> states{state_of(session)};
  for (int step = 1; step <= 12; ++step) {
    session.post("step");
    states.push_back(state_of(session));
  }
  EXPECT_EQ(session.snapshot()->history_first, 0);
  for (const int step : {11, 3, 0, 12, 5, 4, 6}) {
    session.post(verbs::seek, step);
    EXPECT_EQ(state_of(session), states[std::size_t(step)]) << step;
    EXPECT_EQ(session.snapshot()->history_last, 12);
  }
  session.post("step");
  session.post("step");
  EXPECT_EQ(state_of(session), states[8]);  // computed on from what was restored
}

TEST(Session, ScrubbingBeyondTheBudgetComputesAgain) {
  auto options = small_options();
  options.history_bytes = 5 * 540 * sizeof(float);
  Session session(options);
  session.post("run");
  EXPECT_EQ(session.snapshot()->history_first, 8);
  session.post("seek 2");
  EXPECT_EQ(session.snapshot()->step, 2);
  expect_pure(session);
}

TEST(Session, PlaysHoldsAndTakesNewNoise) {
  auto options = small_options();
  options.scene.speed = 10;
  options.scene.hold = 0.5;
  Session session(options);
  session.pass(10);
  EXPECT_EQ(session.snapshot()->step, 0);
  session.post("play");
  session.pass(0.05);
  EXPECT_EQ(session.snapshot()->step, 0);
  session.pass(0.05);
  EXPECT_EQ(session.snapshot()->step, 1);
  for (int frame = 0; frame < 60; ++frame) session.pass(1. / 60);
  EXPECT_EQ(session.snapshot()->step, 11);
  expect_pure(session);
  session.pass(0.1);
  EXPECT_TRUE(session.snapshot()->finished());
  session.pass(0.5);
  EXPECT_EQ(session.snapshot()->step, 12);
  EXPECT_TRUE(session.snapshot()->holding);
  EXPECT_EQ(session.snapshot()->hold_fraction, 1);
  EXPECT_EQ(session.scene().round, 0);
  session.pass(0.1);
  EXPECT_EQ(session.snapshot()->step, 0);
  EXPECT_EQ(session.scene().round, 1);
  EXPECT_EQ(session.scene().seed, 1u);
  session.pass(0.3);
  EXPECT_EQ(session.snapshot()->step, 3);
  expect_pure(session);
}

TEST(Session, WhilePlayingTheStepBeforeIsThereToFadeFrom) {
  auto options = small_options();
  options.scene.speed = 10;
  Session session(options);
  session.post("seek 3");
  EXPECT_EQ(session.snapshot()->previous_pixels, nullptr);
  EXPECT_EQ(session.step_fraction(), 1);
  const auto third = session.snapshot();
  session.post("play");
  session.pass(0.125);
  EXPECT_EQ(session.snapshot()->step, 4);
  EXPECT_EQ(session.snapshot()->previous_state, third->state);
  EXPECT_EQ(*session.snapshot()->previous_pixels, *third->pixels);
  EXPECT_NEAR(session.step_fraction(), 0.25, 1e-9);
  session.pass(0.05);
  EXPECT_NEAR(session.step_fraction(), 0.75, 1e-9);
  session.post("pause");
  EXPECT_EQ(session.snapshot()->previous_pixels, nullptr);
  EXPECT_EQ(session.step_fraction(), 1);
  session.post("play");
  session.pass(1.2);
  EXPECT_TRUE(session.snapshot()->holding);
  EXPECT_EQ(session.step_fraction(), 1);
  session.post("new_noise");
  EXPECT_EQ(session.snapshot()->previous_pixels, nullptr);
}

TEST(Session, StopsAtTheEndIfToldTo) {
  auto options = small_options();
  options.scene.speed = 10;
  options.scene.hold = 0;
  options.scene.new_noise_after_hold = false;
  options.scene.playing = true;
  Session session(options);
  session.pass(5);
  EXPECT_FALSE(session.scene().playing);
  EXPECT_TRUE(session.snapshot()->finished());
  session.post("play");
  EXPECT_EQ(session.snapshot()->step, 0);
  EXPECT_EQ(session.scene().round, 0);
  EXPECT_TRUE(session.scene().playing);
}

TEST(Session, PlayAtTheEndTakesNewNoiseAtOnce) {
  Session session(small_options());
  session.post("run");
  session.post("toggle");
  session.pass(0.34);
  EXPECT_EQ(session.scene().round, 1);
  EXPECT_EQ(session.snapshot()->step, 0);
}

TEST(Session, WhilePausedAChangeShowsTheSamePlace) {
  Session session(small_options());
  session.post("seek 7");
  for (const auto* line : {"set hardware.bits 3", "set seed 9", "set integrator euler",
                           "set noise_width 0.5", "set temperature 0.3", "set wall 2",
                           "set model b", "set hardware.phase_noise 0.3", "set round 5"}) {
    session.post(line);
    EXPECT_EQ(session.snapshot()->step, 7) << line;
    expect_pure(session);
  }
  session.post("run");
  session.post("set steps_per_chunk 6");
  EXPECT_EQ(session.snapshot()->total_steps, 18);
  EXPECT_TRUE(session.snapshot()->finished());
  expect_pure(session);
  session.post("seek 7");
  session.post("set steps_per_chunk 5");
  EXPECT_EQ(session.snapshot()->step, 0);
}

// A model says how warm it is meant to be; a scene may say otherwise, and take that back.
TEST(Session, TemperatureIsTheModelsOwnUnlessTheSceneSaysOtherwise) {
  auto options = small_options();
  options.scene.model = "warm";
  Session session(options);
  session.post("seek 7");
  EXPECT_EQ(session.snapshot()->settings.temperature, 0.2);
  expect_pure(session);
  const auto own = state_of(session);
  session.post("set temperature 0");
  EXPECT_EQ(session.snapshot()->settings.temperature, 0);
  EXPECT_NE(state_of(session), own);
  expect_pure(session);
  session.post("set temperature -1");
  EXPECT_EQ(state_of(session), own);
  session.post("set model a");
  EXPECT_EQ(session.snapshot()->settings.temperature, 0);
  session.post("set temperature 101");
  EXPECT_THAT(last_message(session), HasSubstr("from -1 to 100"));
}

TEST(Session, WhilePlayingHardwareActsOnTheRunningNetwork) {
  auto options = small_options();
  options.scene.speed = 10;
  options.scene.playing = true;
  Session session(options);
  session.pass(0.5);
  EXPECT_EQ(session.snapshot()->step, 5);
  const auto before = state_of(session);
  session.set("hardware.bits", 2);
  EXPECT_EQ(session.snapshot()->step, 5);
  EXPECT_EQ(state_of(session), before);
  session.pass(0.1);
  EXPECT_EQ(session.snapshot()->step, 6);
  EXPECT_NE(state_of(session), expected_state(session.scene(), 6));
  EXPECT_NE(state_of(session), expected_state(options.scene, 6));
  session.set("seed", 2);
  EXPECT_EQ(session.snapshot()->step, 0);
  EXPECT_TRUE(session.scene().playing);
  // In the hold, the same noise starts again.
  session.pass(1.5);
  EXPECT_TRUE(session.snapshot()->holding);
  session.set("hardware.bits", 4);
  EXPECT_EQ(session.snapshot()->step, 0);
  EXPECT_EQ(session.scene().round, 0);
  session.pass(0.4);
  expect_pure(session);
}

TEST(Session, NewNoiseKeepsTheSeedAndASeedStartsAtRoundZero) {
  Session session(small_options());
  const auto first = state_of(session);
  session.post("new_noise");
  EXPECT_EQ(session.scene().round, 1);
  EXPECT_EQ(session.scene().seed, 1u);
  EXPECT_NE(state_of(session), first);
  expect_pure(session);
  session.set("seed", 2);
  EXPECT_EQ(session.scene().round, 0);
  session.set("seed", 1);
  EXPECT_EQ(state_of(session), first);
  session.set("round", kMaxRound);
  session.post("new_noise");
  EXPECT_EQ(session.scene().round, 0);
}

TEST(Session, ALabelAsksForAClassAndCanBeTakenBack) {
  auto options = small_options();
  options.scene.model = "asked";
  Session session(options);
  session.post("run");
  const auto all = state_of(session);
  session.post("set label 2");
  EXPECT_EQ(session.snapshot()->settings.label, 2);
  EXPECT_EQ(session.snapshot()->undo_label, "Class 2");
  EXPECT_TRUE(session.snapshot()->finished()) << "paused, it comes to the same place again";
  EXPECT_NE(state_of(session), all);
  expect_pure(session);
  session.post("undo");
  EXPECT_FALSE(session.scene().label);
  EXPECT_EQ(state_of(session), all);
  session.post("redo");
  EXPECT_EQ(session.snapshot()->settings.label, 2);
  // While playing it begins again with that class.
  session.post("restart");
  session.post("play");
  session.pass(1.1);
  EXPECT_GT(session.snapshot()->step, 0);
  session.post("set label 0");
  EXPECT_EQ(session.snapshot()->step, 0);
  EXPECT_TRUE(session.snapshot()->messages->empty());
}

TEST(Session, ALabelThatTheModelDoesNotKnowWaitsForOneThatDoes) {
  Session session(small_options());
  const auto before = state_of(session);
  session.post("set label 1");
  EXPECT_THAT(last_message(session), HasSubstr("a knows no such class"));
  EXPECT_EQ(state_of(session), before);
  session.post("set model asked");
  EXPECT_EQ(session.snapshot()->settings.label, 1);
  session.post("set label 7");
  EXPECT_THAT(last_message(session), HasSubstr("label 7: asked knows no such class"));
  EXPECT_EQ(session.snapshot()->settings.label, kAllLabels);
  session.post("set label ten");
  EXPECT_THAT(last_message(session), HasSubstr("all, 0, 1"));
  EXPECT_EQ(session.scene().label, 7);
  EXPECT_EQ(parse_scene(print_scene(session.scene()), "s"), session.scene());
}

TEST(Session, HeldLabelsHaveNoPartInTheOrder) {
  auto options = small_options();
  options.scene.model = "asked";
  Session session(options);
  const auto& s = *session.snapshot();
  const auto free = std::size_t(s.grid.units()) * std::size_t(s.lanes);
  EXPECT_EQ(s.units, s.grid.units() + 3);
  EXPECT_EQ(s.order_parameter, order_parameter(std::span(*s.state).first(free), s.lanes));
}

TEST(Session, WithoutAModelEverythingStillAnswers) {
  auto options = small_options();
  options.scene.model = "none";
  options.scene.playing = true;
  Session session(options);
  EXPECT_EQ(session.snapshot()->model, nullptr);
  EXPECT_EQ(session.snapshot()->state, nullptr);
  EXPECT_THAT(last_message(session), HasSubstr("no model: model 'none' is missing"));
  for (const CommandInfo* about : command_infos())
    if (about->scope == Scope::experiment && about->required == 0)
      session.post(Command{*about, {}});
  session.post("seek 3");
  EXPECT_THAT(last_message(session), HasSubstr("no model is running"));
  session.post("set wall 2");
  session.pass(1);
  session.post("set model b");
  ASSERT_NE(session.snapshot()->model, nullptr);
  EXPECT_EQ(session.snapshot()->lanes, 4);
}

TEST(Session, ABadModelLeavesTheFormerRunning) {
  Session session(small_options());
  session.post("seek 4");
  const auto before = state_of(session);
  session.set("model", "none");
  EXPECT_THAT(last_message(session), HasSubstr("'none' is missing"));
  EXPECT_EQ(session.scene().model, "a");
  EXPECT_EQ(session.snapshot()->step, 4);
  EXPECT_EQ(state_of(session), before);
  EXPECT_EQ(session.snapshot()->loading, "");
  session.post("step");
  expect_pure(session);
}

TEST(Session, DivergencePausesWithAReason) {
  auto options = small_options();
  options.scene.model = "diverging";
  options.scene.speed = 10;
  options.scene.playing = true;
  Session session(options);
  session.pass(1.2);
  EXPECT_TRUE(session.snapshot()->diverged);
  EXPECT_FALSE(session.scene().playing);
  EXPECT_EQ(session.snapshot()->step, 5);
  EXPECT_THAT(last_message(session), HasSubstr("diverged at step 5 of 12"));
  session.pass(10);
  EXPECT_EQ(session.snapshot()->step, 5);
  session.post("step");
  EXPECT_THAT(last_message(session), HasSubstr("restart"));
  session.post("back");
  EXPECT_FALSE(session.snapshot()->diverged);
  EXPECT_EQ(session.snapshot()->step, 4);
  session.post("run");
  EXPECT_TRUE(session.snapshot()->diverged);
  // A change goes where the user wanted to be.
  session.set("model", "a");
  EXPECT_FALSE(session.snapshot()->diverged);
  EXPECT_TRUE(session.snapshot()->finished());
  expect_pure(session);
}

TEST(Session, AChangeAfterADivergencePlaysOn) {
  auto options = small_options();
  options.scene.model = "diverging";
  options.scene.speed = 10;
  options.scene.playing = true;
  Session session(options);
  session.pass(1);
  EXPECT_TRUE(session.snapshot()->diverged);
  session.set("model", "b");
  EXPECT_TRUE(session.scene().playing);
  EXPECT_EQ(session.snapshot()->step, 0);
}

TEST(Session, BadLinesAreMessages) {
  Session session(small_options());
  session.post("sett seed 1");
  EXPECT_THAT(last_message(session), HasSubstr("is no command"));
  session.post("shot x.png");
  EXPECT_THAT(last_message(session), HasSubstr("only a script"));
  session.set("hardware.bits", 99);
  EXPECT_THAT(last_message(session), HasSubstr("0 to 8"));
  session.post("load_scene /nowhere/x.json");
  EXPECT_EQ(session.snapshot()->messages->back().level, Message::Level::error);
  const auto id = session.snapshot()->messages->back().id;
  session.post("load_scene /nowhere/x.json");
  EXPECT_GT(session.snapshot()->messages->back().id, id);
  for (int i = 0; i < 200; ++i) session.tell(Message::Level::info, std::to_string(i));
  EXPECT_EQ(session.snapshot()->messages->size(), 50u);
}

TEST(Session, ViewCommandsActAtOnce) {
  Session session(small_options());
  for (const auto* line : {"view phase 1", "theme light", "size 1600 1000", "scale 1.5",
                           "splitter right 321", "pin 4", "pick 17", "compare difference",
                           "divider 0.75", "curve portrait", "partner 5", "trail 0.5"})
    session.post(line);
  UiState expected;
  expected.view = {View::Quantity::phase, 1};
  expected.theme = Theme::light;
  expected.width = 1600;
  expected.height = 1000;
  expected.scale = 1.5;
  expected.right = 321;
  expected.pinned = 4;
  expected.picked = 17;
  expected.compare = Compare::difference;
  expected.divider = 0.75;
  expected.curve = Curve::portrait;
  expected.partner = 5;
  expected.trail = 0.5;
  EXPECT_EQ(session.ui(), expected);
  session.post("unpin");
  session.post("unpick");
  session.post("partner");
  EXPECT_EQ(session.ui().partner, -1);
  EXPECT_EQ(session.ui().pinned, -1);
  EXPECT_EQ(session.ui().picked, -1);
  EXPECT_EQ(session.snapshot()->undo_label, "");
}

TEST(OrderParameter, IsOneWhenAllAgree) {
  const std::vector<float> together{0.5f, 2.f, 0.5f, 2.f, 0.5f, 2.f};
  EXPECT_NEAR(order_parameter(together, 2), 1, 1e-6);
  const float pi = 3.14159265f;
  const std::vector<float> half{0.f, 1.f, pi, 1.f};  // lane 0: opposite; lane 1: together
  EXPECT_NEAR(order_parameter(half, 2), 0.5, 1e-6);
  EXPECT_EQ(order_parameter({}, 0), 0);
}

TEST(Session, OnlyPhasesHaveAnOrderParameter) {
  auto options = small_options();
  EXPECT_GT(Session(options).snapshot()->order_parameter, 0);
  options.scene.model = "voltage";
  Session voltages(options);
  EXPECT_FALSE(voltages.snapshot()->is_phase);
  EXPECT_EQ(voltages.snapshot()->order_parameter, 0);
}

TEST(Session, TimeStandsStillInOtherWorkspaces) {
  auto options = small_options();
  options.scene.playing = true;
  options.scene.speed = 10;
  Session session(options);
  session.pass(0.5);
  EXPECT_EQ(session.snapshot()->step, 5);
  session.post("workspace train");
  session.pass(0.5);
  EXPECT_EQ(session.snapshot()->step, 5);
  session.post("workspace generate");
  session.pass(0.2);
  EXPECT_EQ(session.snapshot()->step, 7);
}

}  // namespace
}  // namespace phaseloom
