// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "app/lessons/lesson.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

bool knows(std::string_view name) { return name == "measured.r" || name == "run.step"; }

constexpr const char* kGood = R"(# A title

A summary
in two lines.

## First

Words that quote {measured.r:3} and {playground.coupling}.
And more.

- do: workspace learn
- do: set playground.coupling 0.5
- at: canvas
- wait: playground.coupling >= 0.7
- wait: measured.r in 0.2..0.4
- hold: 1.5
- then: Well done: {measured.r}.

## Second

Only words.
)";

Lesson good() { return parse_lesson(kGood, "lessons/07-some-name.en.md", knows); }

std::string said(const std::string& text, const std::string& source = "07-name.en.md") {
  try {
    (void)parse_lesson(text, source, knows);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

/// The good one with a line in place of another.
std::string with(std::string_view line, std::string_view other) {
  std::string text = kGood;
  return text.replace(text.find(line), line.size(), other);
}

TEST(LessonFile, IsReadAsItIsWritten) {
  const Lesson lesson = good();
  EXPECT_EQ(lesson.name, "some-name");
  EXPECT_EQ(lesson.language, "en");
  EXPECT_EQ(lesson.number, 7);
  EXPECT_EQ(lesson.title, "A title");
  EXPECT_EQ(lesson.summary, "A summary in two lines.");
  ASSERT_EQ(lesson.steps.size(), 2U);
  const LessonStep& step = lesson.steps[0];
  EXPECT_THAT(step.text, HasSubstr("{playground.coupling}. And more."));
  EXPECT_EQ(step.commands.size(), 2U);
  EXPECT_EQ(step.anchor, "canvas");
  ASSERT_EQ(step.waits.size(), 2U);
  EXPECT_EQ(step.waits[1].kind, Condition::Kind::within);
  EXPECT_EQ(step.waits[1].high, 0.4);
  EXPECT_EQ(step.hold, 1.5);
  EXPECT_TRUE(lesson.steps[1].waits.empty());
}

TEST(LessonFile, SaysPlaceAndReasonOfWhatIsWrong) {
  EXPECT_THAT(said(kGood, "lesson.md"), HasSubstr("01-two-clocks.en.md"));
  EXPECT_THAT(said(""), HasSubstr("no \"# Title\""));
  EXPECT_THAT(said("# A\n"), HasSubstr("no step"));
  EXPECT_THAT(said("words\n"), StartsWith("07-name.en.md:1: "));
  EXPECT_THAT(said(with("- at: canvas", "- art: canvas")), StartsWith("07-name.en.md:13: "));
  EXPECT_THAT(said(with("- at: canvas", "- art: canvas")),
              HasSubstr("at, do, wait, hold and then"));
  EXPECT_THAT(said(with("workspace learn", "workspace lern")), HasSubstr("lern"));
  EXPECT_THAT(said(with(">= 0.7", "=> 0.7")), HasSubstr("no comparison"));
  EXPECT_THAT(said(with(">= 0.7", ">= much")), HasSubstr("much"));
  EXPECT_THAT(said(with("0.2..0.4", "0.4..0.2")), HasSubstr("ends before it begins"));
  EXPECT_THAT(said(with("wait: measured.r", "wait: measured.x")), HasSubstr("neither a value"));
  EXPECT_THAT(said(with("hold: 1.5", "hold: long")), HasSubstr("hold is seconds"));
  EXPECT_THAT(said(with("{measured.r:3}", "{measured.x:3}")), HasSubstr("measured.x"));
  EXPECT_THAT(said(with("Only words.", "- do: pause")), HasSubstr("says nothing"));
  EXPECT_THAT(said(with("Only words.", "Words.\n- then: Yes.")), HasSubstr("waits for nothing"));
  EXPECT_THAT(said(with("Only words.", std::string(700, 'a'))), HasSubstr("two steps"));
  EXPECT_THAT(said(with("Only words.", "\xFF")), HasSubstr("UTF-8"));
  EXPECT_THAT(said(with("workspace learn", "save_scene a.json")), HasSubstr("write no files"));
  EXPECT_THAT(said(with("workspace learn", "shot a.png")), HasSubstr("lessons"));
}

TEST(LessonFile, NoDamageIsFatal) {
  const std::string text = kGood;
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const char c : {'\0', '{', '}', '#', ':', '\n', '\xC3'}) {
      std::string bad = text;
      bad[i] = c;
      (void)said(bad);
    }
}

ConditionSource source_of(std::string coupling, double r, bool did) {
  return {[=](const std::string&) { return coupling; },
          [=](const std::string&) { return std::optional(r); },
          [](const std::string&) { return std::string("0.5"); },
          [=](const std::string&) { return did; }};
}

bool holds_with(const char* text, std::string value, double r = 0, bool did = false) {
  return holds(parse_condition(text, knows), source_of(std::move(value), r, did));
}

TEST(Condition, ComparesAsItSays) {
  EXPECT_TRUE(holds_with("playground.coupling >= 0.5", "0.5"));
  EXPECT_FALSE(holds_with("playground.coupling > 0.5", "0.5"));
  EXPECT_TRUE(holds_with("playground.coupling < 0.5", "-3"));
  EXPECT_TRUE(holds_with("playground.coupling != 0.5", "0.6"));
  EXPECT_TRUE(holds_with("measured.r in 0.2..0.4", "", 0.3));
  EXPECT_FALSE(holds_with("measured.r in 0.2..0.4", "", 0.5));
  EXPECT_FALSE(holds_with("measured.r < 5", "", std::nan("")));
  EXPECT_TRUE(holds_with("playground.preset = crowd", "crowd"));
  EXPECT_FALSE(holds_with("playground.preset = crowd", "bits"));
  EXPECT_TRUE(holds_with("playground.coupling changed", "0.7"));
  EXPECT_FALSE(holds_with("playground.coupling changed", "0.5"));
  EXPECT_TRUE(holds_with("did restart", "", 0, true));
  EXPECT_FALSE(holds_with("did restart", "", 0, false));
}

TEST(Condition, RefusesWhatNeverCouldHold) {
  for (const char* text : {"did nothing", "playground.preset > crowd", "playground.preset = crwd",
                           "measured.r changed", "playground.coupling", "", "measured.r in 3"})
    EXPECT_THROW((void)parse_condition(text, knows), Error) << text;
}

TEST(WithNumbers, PutsThemWhereTheyAreQuoted) {
  const auto visit = [](std::string_view name, int digits) {
    return std::string(name) + "/" + std::to_string(digits);
  };
  EXPECT_EQ(with_numbers("a {b} c {d:4}.", visit), "a b/2 c d/4.");
  EXPECT_EQ(with_numbers("no } and {open", visit), "no } and {open");
}

}  // namespace
}  // namespace phaseloom
