// SPDX-License-Identifier: MIT
#include "app/session/lesson_part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <utility>

#include "app/commands/handlers.hpp"
#include "app/commands/lesson_verbs.hpp"
#include "app/document/assets.hpp"
#include "app/session/lesson_quantities.hpp"
#include "app/session/session.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kMaxFile = 200'000;
constexpr std::string_view kEnglish = "en", kAuto = "auto";

/// "de" of "de_DE.UTF-8".
std::string system_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value)
      return std::string(
          std::string_view(value).substr(0, std::string_view(value).find_first_of("_.@")));
  return std::string(kEnglish);
}

}  // namespace

LessonPart::LessonPart(Session& session, std::vector<std::filesystem::path> folders, bool gated)
    : Part(session), folders_(std::move(folders)), gated_(gated) {}

void LessonPart::load() {
  if (std::exchange(loaded_, true)) return;
  std::map<std::pair<std::string, std::string>, Lesson> found;  // by name and language
  for (const auto& folder : folders_) {
    auto files = files_in(folder);
    std::ranges::sort(files);
    for (const auto& file : files) {
      if (file.extension() != ".md") continue;
      // One that is damaged is said, and the others are there.
      const auto problem = problem_of([&] {
        const auto bytes = read_file(file, kMaxFile);
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        Lesson lesson = parse_lesson(text, file.string(), is_lesson_quantity);
        found[{lesson.name, lesson.language}] = std::move(lesson);
      });
      if (problem) session_.tell(Message::Level::warning, *problem);
    }
  }
  for (auto& [key, lesson] : found) all_.push_back(std::move(lesson));
}

std::string LessonPart::language() {
  const std::string& chosen = session_.ui().lesson.language;
  const std::string wanted = chosen.empty() ? system_language() : chosen;
  const auto known = languages();
  return std::ranges::find(known, wanted) == known.end() ? std::string(kEnglish) : wanted;
}

const std::vector<Lesson>& LessonPart::lessons() {
  load();
  if (spoken_language_ == language()) return spoken_;
  spoken_language_ = language();
  std::map<std::string, Lesson> chosen;
  for (const std::string& wanted : {std::string(kEnglish), spoken_language_})
    for (const Lesson& lesson : all_)
      if (lesson.language == wanted) chosen[lesson.name] = lesson;
  spoken_.clear();
  for (auto& [name, lesson] : chosen) spoken_.push_back(std::move(lesson));
  std::ranges::sort(spoken_, {}, &Lesson::number);
  return spoken_;
}

std::vector<std::string> LessonPart::languages() {
  load();
  std::set<std::string> some;
  for (const Lesson& lesson : all_) some.insert(lesson.language);
  return {some.begin(), some.end()};
}

const Lesson* LessonPart::find(const std::string& name) {
  const auto& all = lessons();
  const auto found = std::ranges::find(all, name, &Lesson::name);
  return found == all.end() ? nullptr : &*found;
}

const Lesson* LessonPart::open() {
  const std::string& name = session_.ui().lesson.open;
  return name.empty() ? nullptr : find(name);
}

const LessonStep* LessonPart::step() {
  const Lesson* lesson = open();
  if (!lesson) return nullptr;
  const auto at = static_cast<std::size_t>(session_.ui().lesson.step);
  return &lesson->steps[std::min(at, lesson->steps.size() - 1)];
}

bool LessonPart::at_end() {
  const Lesson* lesson = open();
  return lesson && session_.ui().lesson.step + 1 >= static_cast<int>(lesson->steps.size());
}

int LessonPart::passed_steps(const Lesson& lesson) const {
  const auto& passed = session_.ui().lesson.passed;
  const auto found = passed.find(lesson.name);
  return found == passed.end() ? 0 : std::min(found->second, static_cast<int>(lesson.steps.size()));
}

bool LessonPart::act(const Command& command) {
  using P = LessonPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::lesson_open, [](P& p, const Command& c) { p.open_lesson(c.text(0)); }},
      {verbs::lesson_step,
       [](P& p, const Command& c) { p.go_to(static_cast<int>(c.integer(0)) - 1); }},
      {verbs::lesson_next, [](P& p, const Command&) { p.go_to(p.session_.ui().lesson.step + 1); }},
      {verbs::lesson_back,
       [](P& p, const Command&) { p.go_to(std::max(0, p.session_.ui().lesson.step - 1)); }},
      {verbs::lesson_close, [](P& p, const Command&) { p.close(); }},
      {verbs::lesson_language,
       [](P& p, const Command& c) {
         const auto known = p.languages();
         if (c.text(0) != kAuto && std::ranges::find(known, c.text(0)) == known.end())
           fail("lesson.language: lessons speak no {}; there are {}", printable(c.text(0)),
                fmt::join(known, ", "));
         p.session_.ui().lesson.language = c.text(0) == kAuto ? "" : c.text(0);
       }},
  };
  if (!handle<P>(kHandlers, *this, command)) return false;
  ++activity_;
  return true;
}

void LessonPart::open_lesson(const std::string& name) {
  const Lesson* lesson = find(name);
  if (!lesson) {
    std::vector<std::string> names;
    for (const Lesson& other : lessons()) names.push_back(other.name);
    fail("lesson.open: there is no lesson {}; there are {}", printable(name),
         fmt::join(names, ", "));
  }
  auto& view = session_.ui().lesson;
  const int passed = passed_steps(*lesson);
  view.open = name;
  view.passed.try_emplace(name, 0);  // it was begun
  // One that is finished begins anew.
  view.step = passed == static_cast<int>(lesson->steps.size()) ? 0 : passed;
  set_scene_before(view.step);
  begin_step(true);
}

/// What the steps before that one have set: whoever comes from elsewhere finds the same scene.
void LessonPart::set_scene_before(int step) {
  const Lesson* lesson = open();
  std::vector<Command> commands;
  for (int k = 0; lesson && k < step; ++k) {
    const auto& some = lesson->steps[static_cast<std::size_t>(k)].commands;
    commands.insert(commands.end(), some.begin(), some.end());
  }
  give(commands);
}

void LessonPart::give(const std::vector<Command>& commands) {
  speaks_ = true;
  for (const Command& command : commands) session_.post(command);
  speaks_ = false;
}

void LessonPart::go_to(int step) {
  const Lesson* lesson = open();
  if (!lesson) fail("no lesson is open; lesson.open NAME begins one");
  if (step > session_.ui().lesson.step && passed_) note_passed();
  if (step >= static_cast<int>(lesson->steps.size())) return close();
  const int by = step - session_.ui().lesson.step;
  session_.ui().lesson.step = step;
  if (by > 1 || by < 0) set_scene_before(step);
  begin_step(true);
}

void LessonPart::note_passed() {
  auto& view = session_.ui().lesson;
  int& passed = view.passed[view.open];
  passed = std::max(passed, view.step + 1);
}

void LessonPart::close() {
  session_.ui().lesson.open.clear();
  session_.ui().lesson.step = 0;
  begun_.clear();
}

void LessonPart::begin_step(bool sets_the_scene) {
  const LessonStep* now = step();
  if (!now) return;
  if (sets_the_scene) {
    const auto commands = now->commands;  // they may close what they are of
    give(commands);
  }
  const auto& view = session_.ui().lesson;
  begun_ = fmt::format("{} {}", view.open, view.step);
  before_ = session_.scene();
  did_.clear();
  held_ = 0;
  passed_ = step() && step()->waits.empty();
  last_ = std::chrono::steady_clock::now();
}

void LessonPart::heard(const Command& command) {
  if (!speaks_) did_.insert(std::string(command.verb->name));
}

void LessonPart::pass(double seconds) { go_on(seconds); }

void LessonPart::update() {
  const auto& view = session_.ui().lesson;
  if (view.open.empty() || speaks_) return;
  if (!open()) return close();  // of a file that is not there any more
  // At a start the scene is as it was left.
  if (begun_ != fmt::format("{} {}", view.open, view.step)) begin_step(false);
  if (gated_) return;
  const auto now = std::chrono::steady_clock::now();
  go_on(std::chrono::duration<double>(now - std::exchange(last_, now)).count());
}

bool LessonPart::met(const Condition& condition) const {
  return holds(condition,
               {[&](const std::string& name) { return print_field(session_.scene(), name); },
                [&](const std::string& name) { return lesson_quantity(session_, name); },
                [&](const std::string& name) { return print_field(before_, name); },
                [&](const std::string& name) { return did_.contains(name); }});
}

void LessonPart::go_on(double seconds) {
  const LessonStep* now = step();
  if (!now || passed_ || begun_.empty()) return;
  const bool all =
      std::ranges::all_of(now->waits, [&](const Condition& condition) { return met(condition); });
  held_ = all ? held_ + seconds : 0;
  if (!all || held_ < now->hold) return;
  passed_ = true;
  note_passed();
  ++activity_;
}

std::string LessonPart::spoken(const std::string& text) const {
  return with_numbers(text, [&](std::string_view name, int digits) {
    for (const SceneField& field : scene_fields())
      if (field.name == name) {
        const std::string printed = field.print(session_.scene());
        if (field.kind != SceneField::Kind::real) return printed;
        return fmt::format("{:.{}f}", std::strtod(printed.c_str(), nullptr), digits);
      }
    const auto value = lesson_quantity(session_, name);
    return value ? fmt::format("{:.{}f}", *value, digits) : std::string("…");
  });
}

}  // namespace phaseloom
