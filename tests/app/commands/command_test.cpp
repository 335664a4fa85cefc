// SPDX-License-Identifier: MIT
#include "app/commands/command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/verbs.hpp"
#include "app/document/scene.hpp"
#include "app/session/script_host.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string error_of(std::string_view line) {
  try {
    parse_command(line);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// A valid argument of that kind; the largest one if `large`.
std::string example(const ArgumentInfo& spec, bool large) {
  switch (spec.kind) {
    case ArgumentInfo::Kind::integer:
      return fmt::format("{}", static_cast<std::int64_t>(large ? spec.max : spec.min));
    case ArgumentInfo::Kind::real:
      return fmt::format("{}", large ? spec.max : spec.min + (spec.max - spec.min) / 3);
    case ArgumentInfo::Kind::choice:
      return std::string(large ? spec.choices.back() : spec.choices.front());
    case ArgumentInfo::Kind::field:
      return large ? "hardware.grid" : "noise_width";
    case ArgumentInfo::Kind::value:
      return large ? "symmetric" : "0.30000000000000004";
    case ArgumentInfo::Kind::text:
      return large ? "päth with # and  blanks.png" : "x";
    case ArgumentInfo::Kind::output:
      return fmt::format("{}{}", large ? "päth with # and  blanks" : "x",
                         spec.choices.empty() ? ".json"
                         : large              ? spec.choices.back()
                                              : spec.choices.front());
    case ArgumentInfo::Kind::chord:
      return large ? "Ctrl+Shift+Alt+PageDown" : "Z";
  }
  return "";
}

TEST(Command, EveryOneSurvivesPrintAndParse) {
  for (const CommandInfo* one : command_infos()) {
    const CommandInfo& about = *one;
    for (int count = about.required; count <= static_cast<int>(about.arguments.size()); ++count)
      for (const bool large : {false, true}) {
        std::string line(about.name);
        for (int i = 0; i < count; ++i) line += " " + example(about.arguments[i], large);
        const auto command = parse_command(line);
        EXPECT_TRUE(command.verb == about) << line;
        EXPECT_EQ(print(command), line);
        EXPECT_EQ(parse_command(print(command)), command) << line;
      }
    EXPECT_FALSE(about.help.empty());
  }
}

// What a script may write is told by the kind of its argument alone.
TEST(Command, KnowsTheFileThatItWrites) {
  EXPECT_EQ(parse_command("shot a.png").output(), 0u);
  EXPECT_EQ(parse_command("film 3 a-#.png").output(), 1u);
  EXPECT_EQ(parse_command("load_scene a.json").output(), std::nullopt) << "it is read";
  EXPECT_EQ(parse_command("type a.png").output(), std::nullopt);
  for (const CommandInfo* about : command_infos())
    for (const ArgumentInfo& argument : about->arguments)
      if (argument.name == "FILE") {
        EXPECT_TRUE(argument.kind == ArgumentInfo::Kind::output || about->name == "load_scene" ||
                    about->name == "playground.open")
            << about->name;
      }
  EXPECT_THAT(error_of("export a.jpg"), HasSubstr("export: 'a.jpg' should end in .png or .npy"));
  EXPECT_THAT(error_of("train.keep model"), HasSubstr(".safetensors"));
  EXPECT_EQ(error_of("save_scene anything"), "");
}

TEST(Command, ChoicesAreCounted) {
  EXPECT_EQ(parse_command("view intensity").choice(0), 0u);
  EXPECT_EQ(parse_command("view rate 1").choice(0), 2u);
}

TEST(Command, EveryFieldCanBeSet) {
  for (const auto& field : scene_fields()) {
    const auto command = set_command(field.name, field.print(Scene{}));
    EXPECT_EQ(parse_command(print(command)), command) << field.name;
    EXPECT_FALSE(field.help.empty());
    EXPECT_FALSE(field.label.empty());
  }
  EXPECT_EQ(print(set_command("seed", std::uint64_t{18446744073709551615u})),
            "set seed 18446744073709551615");
  EXPECT_EQ(print(set_command("hardware.bits", 4)), "set hardware.bits 4");
  EXPECT_EQ(print(set_command("noise_width", 0.1)), "set noise_width 0.1");
  EXPECT_EQ(print(set_command("new_noise_after_hold", false)), "set new_noise_after_hold false");
  EXPECT_EQ(print(set_command("model", "my models/a.safetensors")),
            "set model my models/a.safetensors");
}

TEST(Command, BlanksAndLetterCaseOfKeysDoNotMatter) {
  EXPECT_EQ(print(parse_command(" \t set   hardware.bits \t 4  \r")), "set hardware.bits 4");
  EXPECT_EQ(print(parse_command("key ctrl+z")), "key Ctrl+Z");
  EXPECT_EQ(print(parse_command("key SPACE")), "key Space");
  EXPECT_EQ(print(parse_command("hover -0 0")), "hover 0 0");
}

TEST(Command, BadLinesSayWhatIsWrongAndWhatIsRight) {
  EXPECT_THAT(error_of("sit seed 7"), HasSubstr("'sit' is no command"));
  EXPECT_THAT(error_of(""), HasSubstr("no command"));
  EXPECT_THAT(error_of("seek"), HasSubstr("use: seek STEP"));
  EXPECT_THAT(error_of("seek 1 2"), HasSubstr("too many"));
  EXPECT_THAT(error_of("play now"), HasSubstr("too many"));
  EXPECT_THAT(error_of("seek -1"), HasSubstr("from 0"));
  EXPECT_THAT(error_of("view colour"), HasSubstr("view intensity|phase|rate [LAYER]"));
  EXPECT_THAT(error_of("set"), HasSubstr("FIELD"));
  EXPECT_THAT(error_of("set seed"), HasSubstr("VALUE"));
  EXPECT_THAT(error_of("set sead 7"), HasSubstr("noise_width"));
  EXPECT_THAT(error_of("set hardware.bits 9"), HasSubstr("hardware.bits: '9'"));
  EXPECT_THAT(error_of("set hardware.bits 9"), HasSubstr("0 to 8"));
  EXPECT_THAT(error_of("set integrator rk5"), HasSubstr("heun"));
  EXPECT_THAT(error_of("set seed -1"), HasSubstr("whole number"));
  EXPECT_THAT(error_of("set seed 18446744073709551616"), HasSubstr("18446744073709551615"));
  EXPECT_THAT(error_of("key Ctrl+"), HasSubstr("is no key"));
  EXPECT_THAT(error_of("key Ctrl+Ctrl+Z"), HasSubstr("is no key"));
  for (const auto* number :
       {"0x10", "++1", "1.5", "1e3", "١", "1_000", "99999999999999999999", "--1"})
    EXPECT_THAT(error_of(std::string("seek ") + number), HasSubstr("whole number")) << number;
  for (const auto* number : {"nan", "inf", "-inf", "1e999", "1,5", "0x1p3", "1.5.2"})
    EXPECT_THAT(error_of(std::string("wait ") + number), HasSubstr("number")) << number;
  EXPECT_THAT(error_of("shot " + std::string(5000, 'x')), HasSubstr("4096"));
  EXPECT_EQ(error_of("scene.open " + std::string(65536, 'x')), "") << "it is the line that is long";
  EXPECT_THAT(error_of("scene.open " + std::string(65537, 'x')), HasSubstr("1 to 65536"));
  EXPECT_THAT(error_of("shot a\x01z"), HasSubstr("\\x01"));
  EXPECT_THAT(error_of("shot \xff\xfe.png"), HasSubstr("UTF-8"));
}

TEST(Command, FromCodeIsCheckedToo) {
  EXPECT_EQ(print(command(verbs::seek, 20)), "seek 20");
  EXPECT_EQ(print(command(verbs::click, 3, 4.5)), "click 3 4.5");
  EXPECT_THROW(command(verbs::seek, 2.5), Error);
  EXPECT_THROW(command(verbs::seek, "2"), Error);
  EXPECT_THROW(command(verbs::seek), Error);
  EXPECT_THROW(command(verbs::play, 1), Error);
  EXPECT_THROW(command(verbs::view, "intensity", 64), Error);
  EXPECT_THROW(set_command("hardware.density", 0), Error);
}

TEST(Script, SkipsCommentsAndCountsLines) {
  const auto lines = parse_script("# hello\n\n  # indented\r\nplay\r\n\tseek 3\n", "s");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].number, 4);
  EXPECT_EQ(lines[1].number, 5);
  EXPECT_EQ(print(lines[1].command), "seek 3");
  EXPECT_TRUE(parse_script("", "s").empty());
}

TEST(Script, ErrorsBeginWithFileAndLine) {
  try {
    parse_script("play\n\nseek x\n", "demo.script");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), StartsWith("demo.script:3: seek: 'x'"));
  }
}

TEST(Script, AnyBytesAreACommandOrAnError) {
  std::vector<std::string> lines;
  for (const CommandInfo* about : command_infos()) {
    std::string line(about->name);
    for (const auto& argument : about->arguments) line += " " + example(argument, true);
    lines.push_back(line);
  }
  RandomSequence random(7, Stream::batch);
  int good = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto line = lines[random.below(static_cast<std::uint32_t>(lines.size()))];
    for (auto n = random.below(4); n-- > 0;) {
      const auto at = random.below(static_cast<std::uint32_t>(line.size() + 1));
      switch (random.below(4)) {
        case 0:
          line.insert(at, 1, static_cast<char>(random.below(256)));
          break;
        case 1:
          if (at < line.size()) line[at] = static_cast<char>(random.below(256));
          break;
        case 2:
          line.erase(at, 1 + random.below(6));
          break;
        default:
          line.insert(at, line.substr(random.below(static_cast<std::uint32_t>(line.size() + 1))));
      }
    }
    try {
      for (const auto& [number, command] : parse_script(line, "fuzz")) {
        EXPECT_EQ(parse_command(print(command)), command) << line;
        ++good;
      }
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
  }
  EXPECT_GT(good, 2'000);
}

TEST(KeyChord, AllKeysSurvive) {
  for (const auto& key : key_names()) {
    const KeyChord chord{true, false, true, key};
    EXPECT_EQ(parse_chord(print(chord)), chord);
  }
}

}  // namespace
}  // namespace phaseloom
