// SPDX-License-Identifier: MIT
#include "app/session/playground_part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "app/session/session.hpp"
#include "tests/app/ui/test_model.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string last_message(const Session& session) {
  const auto& messages = *session.snapshot()->messages;
  return messages.empty() ? "" : messages.back().text;
}

const PlaygroundSnapshot& playground(Session& session) {
  return *session.part<PlaygroundPart>().latest();
}

void post(Session& session, std::initializer_list<const char*> lines) {
  for (const char* line : lines) session.post(std::string_view(line));
  session.update();
}

TEST(PlaygroundPart, RunsAsFarAsAScriptSays) {
  Session session(test_session_options());
  EXPECT_FALSE(playground(session).there());
  post(session, {"workspace learn", "playground.preset two_clocks", "playground.step 40"});
  ASSERT_TRUE(playground(session).there());
  EXPECT_EQ(playground(session).now().step, 40);
  EXPECT_FALSE(playground(session).playing);
  post(session, {"playground.back 10"});
  EXPECT_EQ(playground(session).now().step, 30);
  post(session, {"playground.restart"});
  EXPECT_EQ(playground(session).now().step, 0);
}

TEST(PlaygroundPart, SameScriptSameBits) {
  std::vector<float> states[2];
  for (auto& state : states) {
    Session session(test_session_options());
    post(session,
         {"workspace learn", "playground.preset max_cut", "playground.step 50",
          "playground.disturb 0.5", "set playground.temperature 0.2", "playground.step 50"});
    state = playground(session).now().state;
  }
  EXPECT_EQ(states[0], states[1]);
}

TEST(PlaygroundPart, ChangesByHandAreOneEntryOfUndoEach) {
  Session session(test_session_options());
  post(session, {"workspace learn", "playground.preset own", "playground.add 0.5 0.5",
                 "playground.couple 6 0 2", "playground.delete 1"});
  EXPECT_EQ(session.scene().playground.own->count(), 6);
  EXPECT_EQ(session.snapshot()->undo_label, "Delete unit 1");
  post(session, {"undo"});
  ASSERT_EQ(session.scene().playground.own->count(), 7);
  EXPECT_EQ(session.scene().playground.own->find(0, 6)->weight, 2);
  EXPECT_EQ(playground(session).network->count(), 7);
  post(session, {"undo", "undo"});
  EXPECT_FALSE(session.scene().playground.own);
  post(session, {"redo"});
  EXPECT_EQ(session.scene().playground.own->count(), 7);
  // A drag.
  post(session,
       {"gesture begin", "playground.move 0 0.2 0.2", "playground.move 0 0.3 0.3", "gesture end"});
  EXPECT_EQ(session.scene().playground.own->units[0].x, 0.3F);
  post(session, {"undo"});
  EXPECT_EQ(session.scene().playground.own->units[0].x, 0.5F);
}

TEST(PlaygroundPart, MovingAUnitDisturbsNothing) {
  Session session(test_session_options());
  post(session,
       {"workspace learn", "playground.preset own", "playground.tune 0 1", "playground.step 10"});
  const auto before = playground(session).now().state;
  const auto moments = playground(session).moments.size();
  post(session, {"playground.move 0 0.1 0.1"});
  EXPECT_EQ(playground(session).now().state, before);
  EXPECT_EQ(playground(session).moments.size(), moments);
  EXPECT_EQ(playground(session).network->units[0].x, 0.1F);
}

TEST(PlaygroundPart, WhatCannotBeDoneIsSaid) {
  Session session(test_session_options());
  post(session, {"playground.step 3"});
  EXPECT_THAT(last_message(session), HasSubstr("workspace learn begins it"));
  post(session, {"workspace learn", "playground.preset own"});
  post(session, {"playground.delete 17"});
  EXPECT_THAT(last_message(session), HasSubstr("no unit 17"));
  post(session, {"playground.couple 2 2"});
  EXPECT_THAT(last_message(session), HasSubstr("to itself"));
  post(session, {"playground.turn 17 0"});
  EXPECT_THAT(last_message(session), HasSubstr("no unit 17"));
  post(session, {"playground.open /nowhere/graph.csv"});
  EXPECT_THAT(last_message(session), HasSubstr("/nowhere/graph.csv"));
  post(session, {"set playground.network 5,x"});
  EXPECT_THAT(last_message(session), HasSubstr("playground.network"));
  post(session,
       {"set playground.units 300", "set playground.layout complete", "playground.add 0.5 0.5"});
  EXPECT_THAT(last_message(session), HasSubstr("use fewer units"));
}

TEST(PlaygroundPart, SaysWhenStatesGrowBeyondAllNumbers) {
  Session session(test_session_options());
  post(session, {"workspace learn", "playground.preset double_well", "set playground.step 1",
                 "set playground.j4 100", "set playground.temperature 50", "playground.step 2000"});
  EXPECT_THAT(last_message(session), HasSubstr("last good moment"));
  post(session, {"playground.preset double_well", "playground.restart", "playground.step 5"});
  EXPECT_GE(playground(session).now().step, 5);
}

TEST(PlaygroundPart, ASceneKeepsTheNetworkOfOnesOwn) {
  const fs::path folder = fs::path(testing::TempDir()) / "playground_scene";
  fs::create_directories(folder);
  const std::string file = (folder / "own.json").string();
  Session session(test_session_options());
  post(session, {"workspace learn", "playground.preset own", "playground.add 0.25 0.75 0.5",
                 "playground.couple 0 6 -0.5"});
  session.post(std::string_view("save_scene " + file));
  const Scene saved = session.scene();
  post(session, {"playground.preset crowd"});
  session.post(std::string_view("load_scene " + file));
  session.update();
  EXPECT_EQ(session.scene().playground, saved.playground);
  fs::remove_all(folder);
}

TEST(PlaygroundPart, WritesMomentsAndGraphThatOthersRead) {
  const fs::path folder = fs::path(testing::TempDir()) / "playground_files";
  fs::create_directories(folder);
  Session session(test_session_options());
  post(session, {"workspace learn", "playground.preset own", "playground.step 9"});
  session.post(std::string_view("playground.export " + (folder / "m.csv").string()));
  session.post(std::string_view("playground.graph " + (folder / "g.csv").string()));
  std::ifstream moments(folder / "m.csv");
  std::string line;
  int lines = 0;
  while (std::getline(moments, line)) ++lines;
  EXPECT_EQ(lines, 1 + 10);
  const auto couplings = playground(session).network->couplings;
  session.post(std::string_view("playground.open " + (folder / "g.csv").string()));
  session.update();
  EXPECT_EQ(playground(session).network->couplings.size(), couplings.size());
  EXPECT_EQ(session.snapshot()->undo_label, "Open g.csv");
  fs::remove_all(folder);
}

TEST(PlaygroundPart, LooksIntoTheNetworkOfGenerate) {
  Session session(test_session_options());
  post(session, {"playground.pixel 300 2", "workspace learn", "playground.step 10"});
  ASSERT_TRUE(playground(session).there());
  EXPECT_EQ(playground(session).inner, 25 * 2);
  EXPECT_GT(playground(session).network->count(), 25 * 2);
  EXPECT_EQ(playground(session).now().step, 10);
  EXPECT_EQ(session.snapshot()->undo_label, "Look into unit 300");
  const auto& lines = playground(session).reading.lines;
  ASSERT_EQ(lines[0].key, "pixel");
  // Untouched it goes as the run of the whole network does, up to an error of second order.
  EXPECT_NEAR(lines[0].measured, lines[0].theory, 0.002);
  post(session, {"playground.add 0.5 0.5"});
  EXPECT_THAT(last_message(session), HasSubstr("no network of one's own"));
  post(session, {"set playground.sample 4000"});
  EXPECT_THAT(last_message(session), HasSubstr("not on the wall"));
  post(session, {"set playground.sample 0", "set playground.pixel 99999"});
  EXPECT_THAT(last_message(session), HasSubstr("no unit 99999"));
}

TEST(PlaygroundPart, GoesOnByItselfInAWindowAndRestsWhileNobodyLooks) {
  SessionOptions options = test_session_options();
  options.threaded = true;
  Session session(options);
  post(session, {"workspace learn", "playground.preset two_clocks", "set playground.speed 100"});
  const auto until = [&](const auto& holds) {
    for (int i = 0; i < 2000 && !holds(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      session.update();
    }
    return holds();
  };
  ASSERT_TRUE(
      until([&] { return playground(session).there() && playground(session).now().step > 20; }));
  post(session, {"playground.pause"});
  ASSERT_TRUE(until([&] { return !playground(session).playing; }));
  const int step = playground(session).now().step;
  post(session, {"playground.step 3"});
  EXPECT_TRUE(until([&] { return playground(session).now().step == step + 3; }));
  EXPECT_TRUE(until([&] { return !playground(session).playing; }));
  post(session, {"playground.play"});
  ASSERT_TRUE(until([&] { return playground(session).now().step > step + 5; }));
}

}  // namespace
}  // namespace phaseloom
