// SPDX-License-Identifier: MIT
// The lessons that there are, and how far each was.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/commands/lesson_verbs.hpp"
#include "app/session/lesson_part.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

std::string progress_of(const LessonPart& part, const Lesson& lesson) {
  const int passed = part.passed_steps(lesson), all = static_cast<int>(lesson.steps.size());
  return passed == 0     ? ""
         : passed == all ? "  – done"
                         : fmt::format("  – {} of {} done", passed, all);
}

/// What a language calls itself; others are shown by their letters.
std::string own_name(const std::string& language) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"de", "Deutsch"},
                                                                      {"en", "English"},
                                                                      {"es", "Español"},
                                                                      {"fr", "Français"},
                                                                      {"it", "Italiano"}};
  for (const auto& [letters, name] : kNames)
    if (letters == language) return std::string(name);
  return language;
}

void draw_language(UiContext& ctx, LessonPart& part) {
  const auto languages = part.languages();
  if (languages.size() < 2) return;
  std::vector<Choice> choices;
  int chosen = 0;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    choices.push_back({own_name(languages[i]), "The language that lessons speak.", true});
    if (languages[i] == part.language()) chosen = static_cast<int>(i);
  }
  const float width =
      std::min(ctx.px(84) * static_cast<float>(choices.size()), ImGui::GetContentRegionAvail().x);
  if (const auto taken = choose_one(ctx, "lesson language", choices, chosen, width))
    ctx.session.post(verbs::lesson_language, languages[static_cast<std::size_t>(*taken)]);
}

/// A list of them, which opens the one that is taken.
void choose_lesson(UiContext& ctx, LessonPart& part, DropDown list, const char* without = "") {
  const auto& lessons = part.lessons();
  std::vector<std::string> entries;
  for (const Lesson& lesson : lessons) {
    if (lesson.name == ctx.state.lesson.open) list.chosen = static_cast<int>(entries.size());
    entries.push_back(
        fmt::format("{}  {}{}", lesson.number, lesson.title, progress_of(part, lesson)));
  }
  if (list.chosen < 0 && list.shown.empty()) list.shown = without;
  list.entries = entries;
  if (const auto taken = drop_down(ctx, list))
    ctx.session.post(verbs::lesson_open, lessons[static_cast<std::size_t>(*taken)].name);
}

}  // namespace

void draw_lesson_list(UiContext& ctx) {
  LessonPart& part = ctx.session.part<LessonPart>();
  if (part.lessons().empty()) return;
  heading(ctx, "Lessons");
  choose_lesson(ctx, part,
                {.name = "lesson",
                 .width = ImGui::GetContentRegionAvail().x,
                 .help = "Five minutes each; leave and come back whenever you like. A lesson sets "
                         "the scene: undo brings yours back."},
                "Take a lesson");
  draw_language(ctx, part);
}

Box draw_lesson_menu(UiContext& ctx, Box row) {
  LessonPart& part = ctx.session.part<LessonPart>();
  if (part.lessons().empty()) return row;
  constexpr std::string_view kWords = "Lessons";
  const float width = text_width(ctx.fonts.text, kWords) + ImGui::GetFrameHeight() + ctx.px(16);
  ImGui::SetCursorScreenPos({row.max.x - width, row.min.y});
  choose_lesson(
      ctx, part,
      {.name = "lessons",
       .shown = std::string(kWords),
       .width = width,
       .help = "All lessons, and how far you were. The one that is open keeps its place."});
  row.max.x -= width + ctx.px(8);
  return row;
}

}  // namespace phaseloom
