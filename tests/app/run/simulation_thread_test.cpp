// SPDX-License-Identifier: MIT
// The second thread: the same bits, and nobody waits for it.

#include "app/run/simulation_thread.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using test::small_options;

/// A loader that does not come back before it is told to.
struct Gate {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = true;
  bool reached = false;

  void close() {
    const std::lock_guard lock(mutex);
    open = false;
    reached = false;
  }
  void let_go() {
    const std::lock_guard lock(mutex);
    open = true;
    changed.notify_all();
  }
  void wait_until_reached() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return reached; });
  }
  Model load(const std::string& name) {
    std::unique_lock lock(mutex);
    reached = true;
    changed.notify_all();
    changed.wait(lock, [&] { return open; });
    return test::load_small(name);
  }
};

template <class Done>
bool wait_for(Session& session, const Done& done) {
  const auto limit = Clock::now() + 60s;
  while (Clock::now() < limit) {
    session.update();
    if (done(*session.snapshot())) return true;
    std::this_thread::sleep_for(1ms);
  }
  return false;
}

TEST(SimulationThread, GivesTheBitsOfASynchronousSession) {
  Session threaded(small_options(true));
  Session inline_session(small_options());
  for (const auto* line :
       {"seek 5", "set hardware.bits 3", "step 2", "set seed 4", "run",
        "set hardware.phase_noise 0.2", "back 3", "set model b", "set integrator rk4", "undo",
        "new_noise", "seek 9", "set model missing", "set wall 2", "run"}) {
    threaded.post(line);
    inline_session.post(line);
    ASSERT_TRUE(threaded.settle(60)) << line;
    EXPECT_EQ(threaded.snapshot()->step, inline_session.snapshot()->step) << line;
    EXPECT_EQ(threaded.snapshot()->scene, inline_session.snapshot()->scene) << line;
    EXPECT_EQ(*threaded.snapshot()->state, *inline_session.snapshot()->state) << line;
    EXPECT_EQ(*threaded.snapshot()->pixels, *inline_session.snapshot()->pixels) << line;
    EXPECT_EQ(test::last_message(threaded), test::last_message(inline_session)) << line;
  }
}

TEST(SimulationThread, PlaysByTheClock) {
  auto options = small_options(true);
  options.scene.model = "long";
  options.scene.speed = 200;
  Session session(options);
  ASSERT_TRUE(session.settle(60));
  session.post("play");
  const auto begin = Clock::now();
  ASSERT_TRUE(wait_for(session, [](const Snapshot& s) { return s.step >= 40; }));
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  EXPECT_GT(seconds, 0.15);  // never faster than asked for; slower when the machine is busy
  ASSERT_TRUE(wait_for(session, [](const Snapshot& s) { return s.steps_per_second > 0; }));
  EXPECT_LT(session.snapshot()->steps_per_second, 400);
  EXPECT_GT(session.snapshot()->step_milliseconds, 0);
  EXPECT_NEAR(session.snapshot()->images_per_second,
              session.snapshot()->steps_per_second * 9 / 1000, 1e-9);
  session.post("pause");
  ASSERT_TRUE(session.settle(60));
  const int step = session.snapshot()->step;
  std::this_thread::sleep_for(50ms);
  session.update();
  EXPECT_EQ(session.snapshot()->step, step);
}

TEST(SimulationThread, PublishesConsistentSnapshots) {
  auto options = small_options(true);
  options.scene.speed = 1e5;
  options.scene.hold = 0;
  options.scene.playing = true;
  Session session(options);
  session.want_rates(true);
  std::uint64_t serial = 0;
  std::set<int> steps;
  for (int i = 0; i < 100; ++i) {
    if (i % 10 == 0) session.set("wall", 1 + i / 10 % 4);
    if (i % 25 == 0) session.set("model", i % 2 ? "b" : "voltage");
    session.update();
    const auto& s = *session.snapshot();
    EXPECT_GE(s.serial, serial);
    serial = s.serial;
    if (!s.model) continue;
    steps.insert(s.step);
    EXPECT_EQ(s.lanes, s.scene.lanes());
    EXPECT_EQ(s.state->size(), std::size_t(s.units * s.lanes));
    EXPECT_EQ(s.pixels->size(), std::size_t(s.visible * s.lanes));
    if (s.rates) {
      EXPECT_EQ(s.rates->size(), s.state->size());
    }
    EXPECT_EQ(s.model->name, s.scene.model);
    EXPECT_LE(s.step, s.total_steps);
    std::this_thread::sleep_for(2ms);
  }
  ASSERT_TRUE(session.settle(60));
  EXPECT_NE(session.snapshot()->rates, nullptr);
}

TEST(SimulationThread, NobodyWaitsForALoadingModel) {
  Gate gate;
  auto options = small_options(true);
  options.loader = [&](const std::string& name) { return gate.load(name); };
  gate.close();
  Session session(options);  // does not wait either
  EXPECT_EQ(session.snapshot()->model, nullptr);
  gate.wait_until_reached();
  ASSERT_TRUE(wait_for(session, [](const Snapshot& s) { return s.loading == "a"; }));
  gate.let_go();
  ASSERT_TRUE(wait_for(session, [](const Snapshot& s) { return s.model != nullptr; }));

  gate.close();
  session.set("model", "b");
  gate.wait_until_reached();
  const auto begin = Clock::now();
  for (int i = 0; i < 1000; ++i) {
    session.set("hardware.mismatch", i * 0.001);
    session.post("step");
    session.update();
    EXPECT_EQ(session.scene().hardware.mismatch, i * 0.001);  // controls show what was set
    EXPECT_EQ(session.scene().model, "b");
  }
  EXPECT_LT(Clock::now() - begin, 20s);  // the gate would be closed for ever
  EXPECT_EQ(session.snapshot()->model->name, "a");
  EXPECT_EQ(session.snapshot()->loading, "b");
  EXPECT_FALSE(session.settle(0.01));
  gate.let_go();
  ASSERT_TRUE(session.settle(60));
  EXPECT_EQ(session.snapshot()->model->name, "b");
  EXPECT_EQ(session.snapshot()->loading, "");
  EXPECT_EQ(session.scene(), session.snapshot()->scene);
  EXPECT_EQ(session.scene().hardware.mismatch, 0.999);
}

TEST(SimulationThread, ALongRunCanBeStopped) {
  auto options = small_options(true);
  options.scene.model = "long";
  options.scene.steps_per_chunk = 1000;
  options.scene.wall = 16;
  Session session(options);
  ASSERT_TRUE(session.settle(60));
  session.post("run");
  ASSERT_TRUE(wait_for(session, [](const Snapshot& s) { return s.step > 0; }));
  session.post("pause");
  ASSERT_TRUE(session.settle(60));
  const int step = session.snapshot()->step;
  EXPECT_FALSE(session.snapshot()->busy);
  session.post("run");
  session.post("restart");
  ASSERT_TRUE(session.settle(60));
  EXPECT_EQ(session.snapshot()->step, 0);
  EXPECT_LE(step, 2000);
}

TEST(SimulationThread, ARefusedChangeIsTakenBackInTheControls) {
  Session session(small_options(true));
  session.set("model", "none");
  ASSERT_TRUE(session.settle(60));
  EXPECT_EQ(session.scene().model, "a");
  EXPECT_THAT(test::last_message(session), ::testing::HasSubstr("missing"));
}

TEST(SimulationThread, ADragIsOneEntryAndEndsAtItsLastValue) {
  Session session(small_options(true));
  ASSERT_TRUE(session.settle(60));
  session.post("run");
  session.begin_gesture();
  for (int i = 1; i <= 200; ++i) {
    session.set("hardware.weight_noise", i * 0.001);
    if (i % 20 == 0) std::this_thread::sleep_for(1ms);
  }
  session.end_gesture();
  ASSERT_TRUE(session.settle(60));
  EXPECT_EQ(session.scene().hardware.weight_noise, 0.2);
  EXPECT_TRUE(session.snapshot()->finished());
  session.post("undo");
  ASSERT_TRUE(session.settle(60));
  EXPECT_EQ(session.scene().hardware.weight_noise, 0);
  EXPECT_EQ(session.snapshot()->undo_label, "");
}

TEST(SimulationThread, ManyComeAndGo) {
  for (int i = 0; i < 20; ++i) {
    auto options = small_options(true);
    options.scene.playing = i % 2;
    options.scene.speed = 1e6;
    Session session(options);
    if (i % 3) session.post("run");
    if (i % 4 == 0) session.settle(60);
  }
}

TEST(SimulationThread, RecordsWhileItPlays) {
  auto options = small_options(true);
  options.scene.playing = true;
  options.scene.speed = 1e4;
  Session session(options);
  std::size_t size = 0;
  for (int i = 0; i < 20; ++i) {
    session.post("new_noise");
    const auto text = session.record();
    EXPECT_GE(text.size() + 20, size);  // the last `advance` may merge
    size = text.size();
    std::this_thread::sleep_for(1ms);
  }
}

}  // namespace
}  // namespace phaseloom
