// SPDX-License-Identifier: MIT
#include "app/session/field_part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "app/session/session.hpp"
#include "engine/data/npy.hpp"
#include "tests/app/ui/test_model.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const FieldSnapshot& field(Session& session) { return *session.part<FieldPart>().latest(); }

void post(Session& session, std::initializer_list<const char*> lines) {
  for (const char* line : lines) session.post(std::string_view(line));
  session.update();
}

std::string last_message(const Session& session) {
  const auto& messages = *session.snapshot()->messages;
  return messages.empty() ? "" : messages.back().text;
}

void show_field(Session& session) {
  post(session, {"set field.size 96", "workspace learn", "playground.preset field"});
}

TEST(FieldPart, RunsAsFarAsAScriptSaysToTheSameBits) {
  std::vector<float> phases[2];
  for (auto& some : phases) {
    Session session(test_session_options());
    show_field(session);
    post(session, {"field.step 20", "field.disturb scatter 30 40 12", "field.step 5"});
    EXPECT_EQ(field(session).step, 25);
    EXPECT_EQ(field(session).width, 96);
    some = *field(session).phases;
  }
  EXPECT_EQ(phases[0], phases[1]);
}

TEST(FieldPart, CountsWhatIsPlanted) {
  Session session(test_session_options());
  post(session, {"set field.start_width 0", "set field.spread 0"});
  show_field(session);
  EXPECT_EQ(field(session).defects.all(), 0);
  post(session, {"field.disturb vortex 30.5 30.5 15"});
  EXPECT_GE(field(session).defects.positive, 1);
  EXPECT_EQ(field(session).defects.positive, field(session).defects.negative);
  post(session, {"field.restart"});
  EXPECT_EQ(field(session).defects.all(), 0);
  EXPECT_NEAR(field(session).order, 1, 1e-6);
}

TEST(FieldPart, ChangesLiveAndBeginsAnewWhereItMust) {
  Session session(test_session_options());
  show_field(session);
  post(session, {"field.step 10", "set field.coupling 2"});
  EXPECT_EQ(field(session).step, 10) << "it goes on";
  post(session, {"set field.seed 5"});
  EXPECT_EQ(field(session).step, 0);
  post(session, {"set field.size 128"});
  EXPECT_EQ(field(session).phases->size(), 128U * 128);
}

TEST(FieldPart, WhatCannotBeDoneIsSaid) {
  Session session(test_session_options());
  post(session, {"field.step"});
  EXPECT_THAT(last_message(session), HasSubstr("nothing runs yet"));
  post(session, {"set field.size 10"});
  EXPECT_THAT(last_message(session), HasSubstr("field.size"));
}

TEST(FieldPart, WritesItsPhases) {
  const fs::path file = fs::path(testing::TempDir()) / "field_phases.npy";
  Session session(test_session_options());
  show_field(session);
  session.post("field.export " + file.string());
  EXPECT_THAT(last_message(session), HasSubstr("written"));
  EXPECT_GT(fs::file_size(file), 96U * 96 * 4);
  fs::remove(file);
}

TEST(FieldPart, GoesOnByItselfInAWindowAndRestsWhileTheNetworkIsShown) {
  SessionOptions options = test_session_options();
  options.threaded = true;
  Session session(options);
  show_field(session);
  const auto until = [&](const auto& holds) {
    for (int i = 0; i < 2000 && !holds(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      session.update();
    }
    return holds();
  };
  ASSERT_TRUE(until([&] { return field(session).step > 3; }));
  post(session, {"field.pause"});
  ASSERT_TRUE(until([&] { return !field(session).playing; }));
  const auto step = field(session).step;
  post(session, {"field.step"});
  EXPECT_TRUE(until([&] { return field(session).step == step + 1; }));
}

}  // namespace
}  // namespace phaseloom
