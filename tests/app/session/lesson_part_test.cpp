// SPDX-License-Identifier: MIT
#include "app/session/lesson_part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "app/session/session.hpp"
#include "tests/app/ui/test_model.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kLesson = R"(# A test
Of two steps and a half.

## First
Words.
- do: set wall 3

## Second
Set the seed to {seed}, or so.
- wait: seed >= 5
- hold: 1
- then: It is {seed}.

## Third
Restart.
- wait: did restart
- hold: 0
)";

/// A session whose user has lessons of their own.
class Lessons : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(home_.path() / "phaseloom/lessons");
    write("91-test.en.md", kLesson);
    data_home_.emplace("XDG_DATA_HOME", home_.path().string());
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(home_.path() / "phaseloom/lessons" / name) << text;
  }
  Session& session() {
    if (!session_) {
      session_ = std::make_unique<Session>(test_session_options());
      post("lesson.language en");
    }
    return *session_;
  }
  void post(const std::string& line) { session().post(std::string_view(line)); }
  LessonPart& part() { return session().part<LessonPart>(); }
  LessonView& view() { return session().ui().lesson; }
  std::string last_message() {
    const auto& messages = *session().snapshot()->messages;
    return messages.empty() ? "" : messages.back().text;
  }

  TemporaryFolder home_;
  std::optional<EnvironmentGuard> data_home_;
  std::unique_ptr<Session> session_;
};

TEST_F(Lessons, SetTheSceneWaitAndRemember) {
  post("lesson.open test");
  EXPECT_EQ(session().scene().wall, 3) << "a step sets the scene";
  EXPECT_TRUE(part().passed()) << "it waits for nothing";
  post("lesson.next");
  EXPECT_EQ(view().step, 1);
  EXPECT_EQ(view().passed["test"], 1);
  session().pass(5);
  EXPECT_FALSE(part().passed());
  post("set seed 7");
  session().pass(0.5);
  EXPECT_FALSE(part().passed()) << "not held long enough";
  post("set seed 2");
  session().pass(0.7);
  post("set seed 7");
  session().pass(0.7);
  EXPECT_FALSE(part().passed()) << "what was interrupted begins anew";
  session().pass(0.7);
  EXPECT_TRUE(part().passed());
  EXPECT_EQ(part().spoken(part().step()->remark), "It is 7.");
  post("set seed 1");
  session().pass(1);
  EXPECT_TRUE(part().passed()) << "once passed, it stays so";
}

TEST_F(Lessons, HearWhatTheLearnerDoesAndNotThemselves) {
  post("lesson.open test");
  post("lesson.step 3");
  session().pass(1);
  EXPECT_FALSE(part().passed());
  post("restart");
  session().pass(0.1);
  EXPECT_TRUE(part().passed());
  post("lesson.next");
  EXPECT_TRUE(view().open.empty()) << "behind the last step it ends";
}

TEST_F(Lessons, LockNothing) {
  post("lesson.open test");
  post("lesson.next");
  post("lesson.next");
  EXPECT_EQ(view().step, 2) << "skipped";
  EXPECT_EQ(view().passed["test"], 1);
  post("lesson.back");
  EXPECT_EQ(view().step, 1);
  post("lesson.close");
  post("set seed 9");
  post("lesson.open test");
  EXPECT_EQ(view().step, 1) << "where it was left";
}

TEST_F(Lessons, SayWhatIsWrong) {
  write("92-bad.en.md", "# Bad\n\n## Step\n\nWords.\n\n- wait: nonsense > 3\n");
  post("lesson.open bad");
  EXPECT_THAT(last_message(), HasSubstr("there is no lesson"));
  bool named = false;
  for (const auto& message : *session().snapshot()->messages)
    named = named || message.text.find("92-bad.en.md:7: ") != std::string::npos;
  EXPECT_TRUE(named) << "place and reason";
  post("lesson.next");
  EXPECT_THAT(last_message(), HasSubstr("no lesson is open"));
  post("lesson.language tlh");
  EXPECT_THAT(last_message(), HasSubstr("speak no 'tlh'"));
}

TEST_F(Lessons, SpeakAnotherLanguageWhereTheyKnowIt) {
  std::string german = kLesson;
  german.replace(german.find("A test"), 6, "Ein Versuch");
  write("91-test.xx.md", german);
  post("lesson.open test");
  EXPECT_EQ(part().open()->title, "A test");
  post("lesson.language xx");
  EXPECT_EQ(part().open()->title, "Ein Versuch");
  post("lesson.language auto");
  EXPECT_TRUE(view().language.empty());
}

TEST_F(Lessons, AreThereAgainAtTheNextStart) {
  post("lesson.open test");
  post("lesson.next");
  const UiState left = parse_ui_state(print_ui_state(session().ui()), "test");
  EXPECT_EQ(left.lesson, session().ui().lesson);
  SessionOptions options = test_session_options();
  options.ui = left;
  options.scene.wall = 5;
  Session next(options);
  next.update();
  ASSERT_NE(next.part<LessonPart>().step(), nullptr);
  EXPECT_EQ(next.part<LessonPart>().step()->title, "Second");
  EXPECT_EQ(next.scene().wall, 5) << "the scene is as it was left";
}

}  // namespace
}  // namespace phaseloom
