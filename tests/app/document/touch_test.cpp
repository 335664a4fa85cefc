// SPDX-License-Identifier: MIT
// Touched runs: what is brushed changes and nothing else at first, and the run as touched is as
// reproducible as any other.

#include "app/document/touch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <climits>
#include <cmath>
#include <numbers>

#include "app/commands/verbs.hpp"
#include "app/jobs/film_job.hpp"
#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using test::small_options;
using test::state_of;
using ::testing::HasSubstr;

float state_at(const Session& session, int unit, int lane) {
  const auto& s = *session.snapshot();
  return (*s.state)[static_cast<std::size_t>(unit * s.lanes + lane)];
}

/// How many values of the two differ, of `lane` and of the others.
std::pair<int, int> differing(const std::vector<float>& a, const std::vector<float>& b, int lane,
                              int lanes = 9) {
  std::pair<int, int> count{0, 0};
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) ++(static_cast<int>(i) % lanes == lane ? count.first : count.second);
  return count;
}

TEST(Touch, CoversADiscOfOneLayer) {
  const Program program = make_program(Substrate{}, Topology::local({6, 5, 2}, 1), 1, 1, 0, 1);
  Touch touch;
  touch.row = 2;
  touch.column = 3;
  EXPECT_EQ(units_under(touch, program), std::vector<int>{15});
  touch.radius = 1;
  EXPECT_EQ(units_under(touch, program), (std::vector<int>{9, 14, 15, 16, 21}));
  touch.layer = 1;
  touch.row = touch.column = 0;
  touch.radius = 1.5;
  EXPECT_EQ(units_under(touch, program), (std::vector<int>{30, 31, 36, 37}));
}

TEST(Touch, OfAPictureInColourItCoversAllColours) {
  const Program colour = make_program(Substrate{}, Topology::local({6, 5, 4}, 1, 3), 1, 1, 0, 1);
  Touch touch;
  touch.row = 2;
  touch.column = 3;
  EXPECT_EQ(units_under(touch, colour), (std::vector<int>{15, 45, 75}));
  touch.layer = 3;
  EXPECT_EQ(units_under(touch, colour), std::vector<int>{105}) << "hidden";
}

TEST(Touch, TheOrderIsThatOfTheSteps) {
  Touches touches;
  for (const int step : {4, 2, 4, 0})
    insert_touch(touches, {.step = step, .number = static_cast<std::uint32_t>(touches.size())});
  std::vector<std::pair<int, int>> order;
  for (const Touch& t : touches) order.emplace_back(t.step, t.number);
  EXPECT_EQ(order, (std::vector<std::pair<int, int>>{{0, 3}, {2, 1}, {4, 0}, {4, 2}}));
  Touches shorter(touches.begin(), touches.end() - 1);
  EXPECT_EQ(first_difference(touches, shorter), 4);
  EXPECT_EQ(first_difference(touches, touches), INT_MAX);
}

TEST(Touch, ChangesWhatItBrushesAndNothingElse) {
  Session session(small_options());
  session.post("seek 5");
  const auto before = state_of(session);
  session.post("touch stir 4 2 3 1");
  EXPECT_EQ(session.snapshot()->step, 5);
  EXPECT_EQ(differing(state_of(session), before, 4), std::pair(5, 0));
  for (const int unit : {9, 14, 15, 16, 21})
    EXPECT_LE(std::abs(state_at(session, unit, 4)), std::numbers::pi / 2);
  session.post("touch erase 4 2 3 0");
  EXPECT_EQ(state_at(session, 15, 4), 0);
  session.post("touch hold 0 0 0 0 1");
  EXPECT_NEAR(state_at(session, 0, 0), std::numbers::pi / 2, 1e-6);
  EXPECT_NEAR(session.snapshot()->pixels->at(0), 1, 1e-6) << "white";
}

TEST(Touch, TheOthersAnswer) {
  Session session(small_options()), untouched(small_options());
  session.post("seek 5");
  session.post("touch stir 4 2 3 0");
  for (Session* s : {&session, &untouched}) s->post("seek 9");
  const auto [own, others] = differing(state_of(session), state_of(untouched), 4);
  EXPECT_GT(own, 20) << "the neighbours of the neighbours, too";
  EXPECT_EQ(others, 0) << "other samples are other worlds";
}

TEST(Touch, WhatIsHeldStaysUntilItIsLetGo) {
  for (const char* substrate : {"a", "voltage"}) {
    auto options = small_options();
    options.scene.model = substrate;
    Session session(options);
    session.post("seek 3");
    session.post("touch hold 2 1 1 0 0.25");
    const float held = state_at(session, 7, 2);
    EXPECT_NEAR(read_pixel(session.snapshot()->model->program.readout, held), 0.25, 1e-6);
    session.want_rates(true);
    for (int step = 4; step < 8; ++step) {
      session.post("step");
      EXPECT_EQ(state_at(session, 7, 2), held) << substrate << " " << step;
      EXPECT_EQ(session.snapshot()->rates->at(7 * 9 + 2), 0);
      EXPECT_NE(state_at(session, 7, 3), held);
    }
    session.post("touch erase 2 1 1 0");
    session.post("step");
    EXPECT_NE(state_at(session, 7, 2), held);
    EXPECT_NE(state_at(session, 7, 2), 0) << "it moves again";
    session.post("seek 5");
    EXPECT_EQ(state_at(session, 7, 2), held) << "at that time it was held";
    session.post("seek 2");
    EXPECT_NE(state_at(session, 7, 2), held);
  }
}

TEST(Touch, GoingBackShowsTheRunAsItWas) {
  auto options = small_options();
  options.history_bytes = 4 * 60 * 9 * sizeof(float);  // four states: it must run anew, too
  for (const auto bytes : {options.history_bytes, small_options().history_bytes}) {
    options.history_bytes = bytes;
    Session session(options), untouched(options);
    session.post("seek 6");
    session.post("touch stir 1 2 2 2");
    session.post("touch hold 1 0 0 1 0");
    session.post("run");
    const auto end = state_of(session);
    for (const int step : {5, 2, 0}) {
      for (Session* s : {&session, &untouched}) s->post(verbs::seek, step);
      EXPECT_EQ(state_of(session), state_of(untouched)) << step;
    }
    session.post("run");
    EXPECT_EQ(state_of(session), end) << "and forward again as it was touched";
    untouched.post("run");
    EXPECT_NE(state_of(untouched), end);
  }
}

TEST(Touch, EndsWithItsRun) {
  for (const char* line : {"restart", "new_noise", "set seed 5", "set wall 4", "set model b",
                           "set steps_per_chunk 6"}) {
    Session session(small_options()), untouched(small_options());
    session.post("seek 4");
    session.post("touch hold 1 2 2 2");
    for (Session* s : {&session, &untouched}) {
      s->post(line);
      s->post("seek 6");
    }
    EXPECT_TRUE(session.snapshot()->touches->empty()) << line;
    EXPECT_EQ(state_of(session), state_of(untouched)) << line;
  }
}

TEST(Touch, StaysUnderOtherHardware) {
  Session session(small_options());
  session.post("seek 4");
  session.post("touch hold 1 2 2 2 0");
  session.post("run");
  const auto ideal = state_of(session);
  const float held = state_at(session, 14, 1);
  session.set("hardware.bits", 3);
  EXPECT_NE(state_of(session), ideal);
  EXPECT_EQ(state_at(session, 14, 1), held);
  session.post("undo");
  EXPECT_EQ(state_of(session), ideal);
}

TEST(Touch, IsTakenBackAndMadeAgain) {
  Session session(small_options());
  session.set("hardware.bits", 4);
  session.post("seek 6");
  const auto before = state_of(session);
  session.begin_gesture();
  for (const char* line : {"touch stir 4 1 1 1", "touch stir 4 1 2 1", "touch hold 4 3 3 1"})
    session.post(line);
  session.end_gesture();
  const auto after = state_of(session);
  EXPECT_EQ(session.snapshot()->undo_label, "Stir sample 4");
  session.post("undo");
  EXPECT_EQ(state_of(session), before);
  EXPECT_TRUE(session.snapshot()->touches->empty());
  EXPECT_EQ(session.snapshot()->undo_label, "Bits 4") << "one stroke is one entry";
  session.post("redo");
  EXPECT_EQ(state_of(session), after);
  // From further on: the way there is gone anew.
  session.post("seek 10");
  const auto touched_end = state_of(session);
  session.post("undo");
  EXPECT_EQ(session.snapshot()->step, 10);
  EXPECT_NE(state_of(session), touched_end);
  session.post("redo");
  EXPECT_EQ(state_of(session), touched_end);
}

TEST(Touch, OfARunThatIsOverNothingIsTakenBack) {
  Session session(small_options());
  session.set("hardware.bits", 4);
  session.post("touch stir 4 1 1 1");
  session.post("touch stir 4 2 2 1");
  session.post("restart");
  session.post("undo");
  EXPECT_EQ(last_message(session), "what was touched went with its run; undo again: Bits 4");
  EXPECT_EQ(session.scene().hardware.bits, 4);
  session.post("undo");
  EXPECT_EQ(session.scene().hardware.bits, 0);
  // Nor is it made again in another run.
  session.post("touch stir 4 1 1 1");
  session.post("undo");
  session.post("restart");
  const auto start = state_of(session);
  session.post("redo");
  EXPECT_EQ(state_of(session), start);
  EXPECT_EQ(last_message(session), "what was taken back went with its run");
}

TEST(Touch, WhilePlayingUndoGoesBackToWhereItWas) {
  auto options = small_options();
  options.scene.playing = true;
  Session session(options);
  session.post("advance 4");
  session.post("touch stir 4 1 1 2");
  session.post("advance 3");
  session.post("undo");
  EXPECT_TRUE(session.scene().playing);
  EXPECT_EQ(session.snapshot()->step, 4);
  Session untouched(small_options());
  untouched.post("seek 4");
  EXPECT_EQ(state_of(session), state_of(untouched));
}

TEST(Touch, AStirIsAnotherOneEachTime) {
  Session session(small_options());
  session.post("touch stir 4 1 1 2");
  const auto once = state_of(session);
  session.post("touch stir 4 1 1 2");
  EXPECT_NE(state_of(session), once);
}

TEST(Touch, IsRecordedAndThreadsDoNotMatter) {
  auto options = small_options();
  options.scene.playing = true;
  options.scene.hardware.phase_noise = 0.2;
  Session session(options);
  session.post("advance 5");
  session.begin_gesture();
  session.post("touch stir 4 1 1 2");
  session.post("advance 1");
  session.post("touch hold 8 3 1 1 0.3 1");
  session.end_gesture();
  session.post("advance 2");
  session.post("undo");
  session.post("advance 1");
  session.post("redo");
  session.post("pause");
  session.post("touch erase 2 0 0 3");
  session.post("set hardware.bits 3");
  session.post("run");
  const auto end = state_of(session);
  for (const int threads : {1, 3}) {
    auto fresh = small_options();
    fresh.threads = threads;
    Session again(fresh);
    for (const auto& line : parse_script(session.record(), "record")) again.post(line.command);
    EXPECT_EQ(state_of(again), end) << threads;
    EXPECT_EQ(*again.snapshot()->touches, *session.snapshot()->touches);
  }
  EXPECT_THAT(session.record(), HasSubstr("touch hold 8 3 1 1 0.3 1\n"));
}

TEST(Touch, TheIdealTwinIsTouchedAlike) {
  auto options = small_options();
  options.ui.compare = Compare::side;
  Session session(options);
  const auto alike = [&] {
    const auto& s = *session.snapshot();
    ASSERT_NE(s.ideal.state, nullptr);
    EXPECT_EQ(*s.ideal.state, *s.state);
  };
  for (const char* line : {"touch stir 1 1 1 1",
                           "seek 5",
                           "touch hold 2 2 2 1 0",
                           "step 2",
                           "back 4",
                           "run",
                           "undo",
                           "redo",
                           "seek 0",
                           "touch erase 0 0 0 2",
                           "run",
                           "undo",
                           "undo",
                           "undo",
                           "restart",
                           "seek 3",
                           "compare off",
                           "touch stir 1 1 1 1",
                           "compare split",
                           "run"}) {
    session.post(line);
    SCOPED_TRACE(line);
    if (session.ui().compare != Compare::off) alike();
  }
  session.set("hardware.bits", 2);
  EXPECT_NE(*session.snapshot()->ideal.state, state_of(session));
}

TEST(Touch, FilmsShowIt) {
  const TemporaryFolder folder;
  Session session(small_options());
  session.post("seek 5");
  session.post("touch hold 1 2 2 4 1");
  session.post("run");
  session.post("export.film " + (folder / "film-##.png").string());
  session.post("export " + (folder / "wall.png").string());
  EXPECT_EQ(read_png(folder / "film-12.png").pixels, read_png(folder / "wall.png").pixels);
  session.post("seek 4");
  session.post("export " + (folder / "before.png").string());
  EXPECT_EQ(read_png(folder / "film-04.png").pixels, read_png(folder / "before.png").pixels);
}

TEST(Touch, SaysWhatCannotBeTouched) {
  Session session(small_options());
  for (const auto& [line, words] :
       {std::pair{"touch stir 9 0 0 1", "touch: sample 9 is not on this wall; the last one is 8"},
        {"touch stir 0 5 0 1", "touch: row 5 is not on this wall; the last one is 4"},
        {"touch stir 0 0 6 1", "touch: column 6 is not on this wall; the last one is 5"},
        {"touch stir 0 0 0 1 1 2", "touch: layer 2 is not on this wall; the last one is 1"}}) {
    const auto before = state_of(session);
    session.post(line);
    EXPECT_EQ(last_message(session), words);
    EXPECT_EQ(state_of(session), before);
  }
  session.set("model", "diverging");
  session.post("run");
  session.post("touch stir 0 0 0 1");
  EXPECT_THAT(last_message(session), HasSubstr("touch: the run has diverged at step 5"));
}

}  // namespace
}  // namespace phaseloom
