// SPDX-License-Identifier: MIT
// Reads the files of lessons, line by line.
#include <algorithm>
#include <filesystem>

#include "app/document/scene.hpp"
#include "app/document/strict.hpp"
#include "app/lessons/lesson.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kMostSteps = 40;
constexpr std::size_t kLongestText = 600;  // of a step: nobody reads more beside a picture

/// "01-two-clocks.en.md"
void read_name(Lesson& lesson, std::string_view source) {
  const std::string file = std::filesystem::path(source).filename().string();
  const auto bad = [&] {
    fail("{}: a lesson's file is called like 01-two-clocks.en.md: number, name, language", source);
  };
  const std::size_t dash = file.find('-'), dot = file.find('.');
  const std::size_t end = dot == std::string::npos ? dot : file.find('.', dot + 1);
  if (dash == std::string::npos || end == std::string::npos || dash > dot ||
      file.substr(end) != ".md")
    bad();
  const auto number = parse_number<int>(file.substr(0, dash));
  if (!number || *number < 1) bad();
  lesson.number = *number;
  lesson.name = file.substr(dash + 1, dot - dash - 1);
  lesson.language = file.substr(dot + 1, end - dot - 1);
  if (lesson.name.empty() || lesson.language.empty()) bad();
}

class LessonReader {
 public:
  LessonReader(std::string_view source, const KnowsQuantity& knows)
      : source_(source), knows_(knows) {
    read_name(lesson_, source);
  }

  void line(std::string_view text) {
    ++number_;
    text = strict::trimmed(text);
    if (text.starts_with("## ")) return begin_step(strict::trimmed(text.substr(3)));
    if (text.starts_with("# ")) return begin_lesson(strict::trimmed(text.substr(2)));
    if (text.starts_with("#")) bad("headings are \"# Title\" and \"## Step\"");
    if (text.starts_with("- ")) return item(strict::trimmed(text.substr(2)));
    if (text.empty()) return;
    if (lesson_.title.empty()) bad("the first line is the title: \"# Two clocks\"");
    std::string& prose = lesson_.steps.empty() ? lesson_.summary : lesson_.steps.back().text;
    if (!lesson_.steps.empty() && items_) bad("a step's words come before its \"- \" lines");
    prose += (prose.empty() ? "" : " ") + std::string(text);
    if (prose.size() > kLongestText)
      bad(fmt::format("these words are longer than {} bytes; make two steps of them",
                      kLongestText));
    check_numbers(text);
  }

  Lesson take() && {
    if (lesson_.title.empty()) fail("{}: there is no \"# Title\"", source_);
    if (lesson_.steps.empty()) fail("{}: there is no step, \"## Step\"", source_);
    end_step();
    return std::move(lesson_);
  }

 private:
  [[noreturn]] void bad(std::string_view what) const { fail("{}:{}: {}", source_, number_, what); }

  void begin_lesson(std::string_view title) {
    if (!lesson_.title.empty()) bad("there is a title already; steps begin with \"## \"");
    lesson_.title = title;
  }

  void begin_step(std::string_view title) {
    if (lesson_.title.empty()) bad("the title comes first: \"# Two clocks\"");
    if (lesson_.steps.size() == kMostSteps)
      bad(fmt::format("a lesson has {} steps at most", kMostSteps));
    end_step();
    lesson_.steps.emplace_back().title = title;
    items_ = false;
  }

  void end_step() {
    if (lesson_.steps.empty()) return;
    const LessonStep& step = lesson_.steps.back();
    if (step.text.empty()) bad(fmt::format("the step \"{}\" says nothing", step.title));
    if (step.waits.empty() && !step.remark.empty())
      bad(fmt::format("the step \"{}\" has a remark, but waits for nothing", step.title));
  }

  void item(std::string_view text) {
    if (lesson_.steps.empty()) bad("\"- \" lines belong to a step, \"## Step\"");
    items_ = true;
    LessonStep& step = lesson_.steps.back();
    const std::size_t colon = text.find(':');
    const std::string_view key = text.substr(0, colon);
    const std::string_view rest =
        colon == std::string_view::npos ? "" : strict::trimmed(text.substr(colon + 1));
    if (rest.empty()) bad("a \"- \" line is written as \"- do: COMMAND\", and says something");
    try {
      if (key == "do") {
        step.commands.push_back(parse_command(rest));
        if (step.commands.back().output() || step.commands.back().verb->scope == Scope::script)
          bad("lessons write no files and have no hands");
      } else if (key == "at") {
        step.anchor = rest;
      } else if (key == "wait") {
        step.waits.push_back(parse_condition(rest, knows_));
      } else if (key == "hold") {
        const auto hold = parse_number<double>(rest);
        if (!hold || *hold < 0 || *hold > 60) bad("hold is seconds, from 0 to 60");
        step.hold = *hold;
      } else if (key == "then") {
        step.remark = rest;
        check_numbers(rest);
      } else {
        bad(fmt::format("{} is unknown; there are at, do, wait, hold and then", printable(key)));
      }
    } catch (const Error& error) {
      const std::string place = fmt::format("{}:{}: ", source_, number_);
      if (std::string_view(error.what()).starts_with(place)) throw;
      fail("{}{}", place, error.what());
    }
  }

  void check_numbers(std::string_view text) const {
    (void)with_numbers(text, [&](std::string_view name, int) {
      bool known = knows_(name);
      for (const SceneField& field : scene_fields()) known = known || field.name == name;
      if (!known)
        bad(fmt::format("{{{}}} is neither a value of a scene nor a quantity", printable(name)));
      return std::string();
    });
  }

  std::string_view source_;
  const KnowsQuantity& knows_;
  Lesson lesson_;
  int number_ = 0;
  bool items_ = false;  // of this step there was a "- " line
};

}  // namespace

Lesson parse_lesson(std::string_view text, std::string_view source, const KnowsQuantity& knows) {
  LessonReader reader(source, knows);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (!strict::is_clean(strict::trimmed(line))) fail("{}: it is no text in UTF-8", source);
    reader.line(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(reader).take();
}

std::string with_numbers(std::string_view text,
                         const std::function<std::string(std::string_view, int)>& visit) {
  std::string all;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return all.append(text);
    all += text.substr(0, open);
    std::string_view name = text.substr(open + 1, close - open - 1);
    int digits = 2;
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
      digits = std::clamp(parse_number<int>(name.substr(colon + 1)).value_or(digits), 0, 6);
      name = name.substr(0, colon);
    }
    all += visit(name, digits);
    text.remove_prefix(close + 1);
  }
  return all;
}

}  // namespace phaseloom
