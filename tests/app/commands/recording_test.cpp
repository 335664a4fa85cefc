// SPDX-License-Identifier: MIT
// A recording, replayed, must end at the same bits, however the recorded session was driven.

#include "app/commands/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "app/commands/verbs.hpp"
#include "app/session/script.hpp"
#include "engine/support/random.hpp"
#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

using test::small_options;

std::string random_line(RandomSequence& random) {
  const auto n = [&](std::uint32_t below) { return random.below(below); };
  switch (n(16)) {
    case 0:
      return fmt::format("set hardware.bits {}", n(9));
    case 1:
      return fmt::format("set seed {}", n(4));
    case 2:
      return fmt::format("set hardware.phase_noise {}", n(3) * 0.1);
    case 3:
      return fmt::format("set model {}", std::array{"a", "b", "voltage", "missing"}[n(4)]);
    case 4:
      return fmt::format("set steps_per_chunk {}", n(8));
    case 5:
      return fmt::format("set integrator {}", std::array{"model", "euler", "rk4"}[n(3)]);
    case 6:
      return fmt::format("set wall {}", 1 + n(4));
    case 7:
      return n(2) ? "gesture begin" : "gesture end";
    case 8:
      return "undo";
    case 9:
      return n(2) ? "redo" : "undo";
    case 10:
      return fmt::format("seek {}", n(14));
    case 11:
      return n(2) ? "step 3" : "back 2";
    case 12:
      return n(2) ? "run" : "restart";
    case 13:
      return "new_noise";
    case 14:
      return n(2) ? "toggle" : "pause";
    default:
      return "play";
  }
}

void expect_same(const Session& replayed, const Session& recorded, const std::string& script) {
  const auto& a = *replayed.snapshot();
  const auto& b = *recorded.snapshot();
  EXPECT_EQ(a.scene, b.scene) << script;
  EXPECT_EQ(a.step, b.step) << script;
  EXPECT_EQ(a.undo_label, b.undo_label) << script;
  EXPECT_EQ(a.redo_label, b.redo_label) << script;
  ASSERT_EQ(a.state->size(), b.state->size()) << script;
  EXPECT_EQ(*a.state, *b.state) << script;
  EXPECT_EQ(*a.pixels, *b.pixels) << script;
}

/// Replays in a session that begins anew.
void expect_replay(const Session& recorded) {
  const std::string script = recorded.record();
  auto options = small_options();
  options.scene = Scene{};
  options.scene.model = "a";  // in place of the shipped one, which tests do without
  Session replayed(options);
  NullHost host;
  run_script(replayed, host, script, "recording", "nowhere");
  expect_same(replayed, recorded, script);
}

TEST(Recording, OfASynchronousSessionReplays) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    RandomSequence random(seed, Stream::batch);
    auto options = small_options();
    options.scene.speed = 30;
    options.scene.hold = 0.1;
    options.scene.playing = seed % 2 == 0;
    options.scene.seed = seed;
    options.scene.hardware.bits = static_cast<int>(seed % 9);
    Session session(options);
    for (int i = 0; i < 40; ++i) {
      session.post(random_line(random));
      session.pass(random.below(10) * 0.02);
    }
    expect_replay(session);
    if (HasFailure()) break;
  }
}

TEST(Recording, OfAThreadReplays) {
  using namespace std::chrono_literals;
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    RandomSequence random(seed, Stream::batch, 1);
    auto options = small_options(true);
    options.scene.speed = 3000;
    options.scene.hold = 0.001;
    options.scene.playing = true;
    Session session(options);
    for (int i = 0; i < 60; ++i) {
      session.post(random_line(random));
      if (random.below(3) == 0)
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(3000)));
      session.update();
    }
    session.post("pause");
    ASSERT_TRUE(session.settle(60));
    expect_replay(session);
    if (HasFailure()) break;
  }
}

TEST(Recording, OfInterruptedRunsReplays) {
  using namespace std::chrono_literals;
  for (std::uint32_t seed = 0; seed < 8; ++seed) {
    RandomSequence random(seed, Stream::batch, 2);
    auto options = small_options(true);
    options.scene.model = "long";
    options.scene.wall = 6;
    options.scene.speed = 1e5;
    Session session(options);
    const auto below = [&](std::uint32_t n) { return random.below(n); };
    for (int i = 0; i < 40; ++i) {
      switch (below(8)) {
        case 0:
          session.post("run");
          break;
        case 1:
          session.post(verbs::seek, below(1001));
          break;
        case 2:
          session.post("toggle");
          break;
        case 3:
          session.post(verbs::back, 1 + below(300));
          break;
        case 4:
          session.post(verbs::step, 1 + below(300));
          break;
        case 5:
          session.set("hold", 0.001 * below(3));  // changes nothing that is on its way
          break;
        case 6:
          session.post(below(2) ? "undo" : "redo");
          break;
        default:
          session.set("hardware.bits", static_cast<int>(below(9)));
      }
      std::this_thread::sleep_for(std::chrono::microseconds(below(4000)));
      session.update();
    }
    session.post("pause");
    ASSERT_TRUE(session.settle(60));
    expect_replay(session);
    if (HasFailure()) break;
  }
}

TEST(Recording, IsBounded) {
  Recording recording(Scene{}, 200);
  for (int i = 0; i < 100; ++i) recording.add(command(verbs::restart));
  EXPECT_LT(recording.text().size(), 300u);
  EXPECT_THAT(recording.text(), ::testing::HasSubstr("# The recording is full"));
  recording.tick();
  EXPECT_THAT(recording.text(), ::testing::Not(::testing::HasSubstr("advance")));
}

TEST(Recording, IsAScript) {
  auto options = small_options();
  options.scene.seed = 5;
  Session session(options);
  session.set("hardware.bits", 4);
  session.post("play");
  session.pass(1);
  session.post("view phase");
  session.post("seek 2");
  EXPECT_EQ(session.record(),
            "pause\nset model a\nset seed 5\nset wall 3\nrestart\n"
            "set hardware.bits 4\nplay\nadvance 3\nview phase\nseek 2\n");
}

}  // namespace
}  // namespace phaseloom
