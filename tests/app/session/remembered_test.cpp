// SPDX-License-Identifier: MIT
#include "app/session/remembered.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/commands/verbs.hpp"
#include "app/session/session.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

SessionOptions options() {
  SessionOptions options = test::small_options();
  options.ui.workspace = Workspace::transport;
  options.scene.transport.hidden = 1;
  options.scene.transport.chunks = 2;
  options.scene.transport.iterations = 10;
  options.scene.transport.points = 50;
  return options;
}

/// Trained, and two settings of the trail measured by hand.
Remembered session_at_its_end() {
  SessionOptions o = options();
  TrailDot dot;
  dot.number = 3;
  dot.scene.hardware.bits = 4;
  dot.scene.model = "a";
  dot.scene.seed = 18446744073709551615u;
  dot.network.units = 60;
  dot.network.visible = 30;
  dot.network.couplings = dot.network.places = 500;
  dot.network.chunks = 3;
  dot.network.duration = 1.5;
  dot.quality.dataset = "mnist";
  dot.quality.samples = 2000;
  dot.quality.relative = 0.1;
  dot.repeats = {{1, 12, 0.03}, {2, 14, 0.05}};
  o.trail.restore(dot);
  Session session(std::move(o));
  session.set("hardware.bits", 3);
  session.post("transport.start");
  session.post("transport.advance 10");
  EXPECT_EQ(session.transport()->state, TransportSnapshot::State::finished);
  session.post(verbs::flow_time, 0.25);
  return session.remembered();
}

TEST(Remembered, EverythingIsThereAgain) {
  const Remembered before = session_at_its_end();
  const Remembered after = parse_remembered(print_remembered(before), "session.json");
  EXPECT_EQ(after.scene, before.scene);
  EXPECT_EQ(after.scene.hardware.bits, 3);
  EXPECT_EQ(after.flow_time, 0.25);
  EXPECT_FALSE(after.flow_playing);
  ASSERT_EQ(after.trail.dots().size(), 1u);
  const TrailDot& dot = after.trail.dots()[0];
  EXPECT_EQ(dot.number, 3);
  EXPECT_TRUE(same_setting(dot.scene, before.trail.dots()[0].scene));
  EXPECT_EQ(dot.scene.seed, 18446744073709551615u);
  EXPECT_EQ(dot.network, before.trail.dots()[0].network);
  EXPECT_DOUBLE_EQ(dot.relative(), 0.04);
  EXPECT_EQ(print_trail(after.trail, {}), print_trail(before.trail, {}));
  ASSERT_TRUE(after.transport);
  EXPECT_EQ(after.transport->shown.values, before.transport->shown.values) << "bit by bit";
  EXPECT_EQ(print_remembered(after), print_remembered(before));
}

TEST(Remembered, TheFlowIsShownWithoutTraining) {
  const Remembered before = session_at_its_end();
  SessionOptions o = options();
  o.transport = before.transport;
  Session session(std::move(o));
  const TransportSnapshot& t = *session.transport();
  EXPECT_EQ(t.state, TransportSnapshot::State::finished);
  ASSERT_NE(t.picture, nullptr);
  EXPECT_EQ(t.w2_squared, before.transport->shown.w2_squared);
  // Another pair has no flow yet; back again, this one is there.
  session.set("transport.pair", std::string_view("D2"));
  session.update();
  EXPECT_EQ(session.transport()->picture, nullptr);
  session.set("transport.pair", std::string_view("D1"));
  session.update();
  EXPECT_NE(session.transport()->picture, nullptr);
}

TEST(Remembered, ATrainingThatWasCutOffIsStopped) {
  SessionOptions first = options();
  Session session(std::move(first));
  session.post("transport.start");
  session.post("transport.advance 4");
  SessionOptions second = options();
  second.transport = session.remembered().transport;
  ASSERT_TRUE(second.transport);
  Session again(std::move(second));
  const TransportSnapshot& t = *again.transport();
  EXPECT_EQ(t.state, TransportSnapshot::State::finished);
  EXPECT_TRUE(t.stopped);
  EXPECT_EQ(t.iteration, 4);
  EXPECT_NE(t.picture, nullptr);
}

TEST(Remembered, NothingTrainedIsNothingToKeep) {
  Session session(options());
  EXPECT_FALSE(session.remembered().transport);
}

TEST(Remembered, ADamagedFileIsAMessage) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "session.json";
  std::string problem;
  EXPECT_FALSE(load_remembered(file, problem)) << "there is none";
  EXPECT_EQ(problem, "");
  save_remembered(file, session_at_its_end());
  EXPECT_TRUE(load_remembered(file, problem));
  EXPECT_EQ(problem, "");
  std::ifstream in(file);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  // Cut off anywhere, and with any word of it gone.
  for (std::size_t cut = 0; cut + 2 < whole.size(); cut += 1 + whole.size() / 97) {
    std::ofstream(file) << whole.substr(0, cut);
    EXPECT_FALSE(load_remembered(file, problem)) << cut;
    EXPECT_THAT(problem, HasSubstr("What was there last time is not restored")) << cut;
  }
  for (const char* word : {"\"scene\"", "\"trail\"", "\"setting\"", "\"network\"", "\"seed\"",
                           "\"experiment\"", "\"values\"", "\"time\"", "\"repeats\""}) {
    std::string other = whole;
    other.replace(other.find(word), 3, "\"x_");
    std::ofstream(file) << other;
    EXPECT_FALSE(load_remembered(file, problem)) << word;
    EXPECT_NE(problem, "") << word;
  }
}

TEST(Remembered, BadValuesAreNamed) {
  const std::string whole = print_remembered(session_at_its_end());
  const auto with = [&](std::string_view from, std::string_view to, std::string_view after = "") {
    std::string other = whole;
    other.replace(other.find(from, other.find(after)), from.size(), to);
    return error_of([&] { parse_remembered(other, "s"); });
  };
  EXPECT_THAT(with("\"version\": 1", "\"version\": 2"), HasSubstr("s: not a remembered session"));
  EXPECT_THAT(with("\"time\": 0.25", "\"time\": 7"),
              HasSubstr("s: flow.time should be from 0 to 1"));
  EXPECT_THAT(with("\"units\": 60", "\"units\": -60"), HasSubstr("trail.network.units"));
  EXPECT_THAT(with("\"hidden\": 1,", "\"hidden\": 2,", "\"experiment\""), HasSubstr("values"));
}

}  // namespace
}  // namespace phaseloom
