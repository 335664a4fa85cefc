// SPDX-License-Identifier: MIT
#include "app/session/parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/commands/verbs.hpp"
#include "app/jobs/card_job.hpp"
#include "engine/support/error.hpp"
#include "tests/app/session/fixed_circuit.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using test::small_options;
using ::testing::HasSubstr;
using ::testing::Not;

/// A command that can be said without knowing anything.
std::string example(const CommandInfo& about, const TemporaryFolder& folder) {
  std::string line(about.name);
  for (const ArgumentInfo& argument : about.arguments) switch (argument.kind) {
      case ArgumentInfo::Kind::choice:
        line += fmt::format(" {}", argument.choices.front());
        break;
      case ArgumentInfo::Kind::output:
        line += " " +
                (folder / fmt::format("a-##{}", argument.choices.empty() ? std::string_view()
                                                                         : argument.choices.back()))
                    .string();
        break;
      default:
        line += " 1";
    }
  return line;
}

// A command in a list that no part does would be a button that does nothing.
TEST(Parts, SomePartDoesEveryCommandOfTheBackground) {
  const TemporaryFolder folder;
  auto options = small_options();
  options.training = test::small_training();
  options.circuit = test::fixed_circuit();
  Session session(options);
  int said = 0;
  for (const CommandInfo* about : command_infos()) {
    if (about->scope != Scope::background) continue;
    session.post(example(*about, folder));
    const auto now = session.snapshot();  // which jobs may replace meanwhile
    for (const Message& message : *now->messages)
      EXPECT_THAT(message.text, Not(HasSubstr("no part of the session"))) << about->name;
    ++said;
  }
  EXPECT_GT(said, 20);
}

/// What can be thrown at a session, and what it says of it.
const std::pair<std::function<void()>, const char*> kThrown[] = {
    {[] { throw std::bad_alloc(); }, "not enough memory"},
    {[] { fail("an error of ours"); }, "an error of ours"},
    {[] { throw std::logic_error("an error of others"); }, "an error of others"},
    {[] { throw 7; }, "something was thrown"},
};

bool said(const Session& session, const char* words) {
  const auto now = session.snapshot();
  for (const Message& message : *now->messages)
    if (message.level == Message::Level::error && message.text.find(words) != std::string::npos)
      return true;
  return false;
}

class Thrown : public testing::TestWithParam<bool> {};  // threaded

// Whatever goes wrong where files are read, on whichever thread, becomes a message.
TEST_P(Thrown, IsAMessageOfThePartThatItHappenedIn) {
  constexpr double kLong = 240;  // seconds; a bound for a hang
  for (const auto& [thrown, words] : kThrown) {
    auto options = small_options(GetParam());
    options.training.images = [&thrown](const std::string&, Split) -> ImageSet {
      thrown();
      return {};
    };
    options.loader = [&thrown](const std::string& name) {
      if (name == "broken") thrown();
      return test::load_small(name);
    };
    Session session(options);
    while (!session.snapshot()->model) session.update();  // the control: it runs

    session.post("train.start");
    while (session.training()->state != TrainingSnapshot::State::failed) session.update();
    EXPECT_THAT(session.training()->reason, HasSubstr(words));

    session.set("model", "broken");
    ASSERT_TRUE(session.settle(kLong));
    EXPECT_TRUE(said(session, words)) << words << ", said: " << last_message(session);
    EXPECT_EQ(session.snapshot()->scene.model, "a") << "what ran is not lost";

    std::shared_ptr<const ModelCard> card;
    while (!(card = session.card("broken"))) session.update();
    EXPECT_THAT(card->problem, HasSubstr(words));

    session.post("measure");
    while (session.quality()->state != QualitySnapshot::State::unavailable) session.update();

    session.post("seek 3");
    ASSERT_TRUE(session.settle(kLong));
    EXPECT_EQ(session.snapshot()->step, 3) << "and it goes on";
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Thrown, testing::Bool(), [](const auto& tested) {
  return tested.param ? "Threaded" : "Synchronous";
});

// Numbers grow for the window to know that there is something new to draw.
TEST(Parts, ActivityGrowsWithEachOfThem) {
  auto options = small_options();
  options.training = test::small_training();
  options.scene.train = test::small_setup();
  Session session(options);
  auto before = session.activity();
  const auto grows = [&](const char* line) {
    session.post(line);
    const auto now = session.activity();
    EXPECT_GT(now, std::exchange(before, now)) << line;
  };
  grows("seek 2");
  grows("train.start");
  grows("train.advance 1");
  grows("workspace transport");
  grows("transport.start");
  grows("transport.advance 1");
}

}  // namespace
}  // namespace phaseloom
