// SPDX-License-Identifier: MIT
#include "app/ui/lesson/lesson_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/lesson_verbs.hpp"
#include "app/session/lesson_part.hpp"
#include "app/ui/lesson/card_place.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// What the card keeps from frame to frame.
struct CardMemory {
  std::string step{};          ///< that is shown
  float height = 0;            ///< that the card took last in this step
  float full = 0;              ///< and with its room, in whatever step
  float room = 0;              ///< height that it needs in this step once all of it is said
  int frames = 0;              ///< in which its anchor was not seen
  int unseen = 0;              ///< the same since it was seen last
  int searched = 0;            ///< panels, for it
  std::optional<Box> place{};  ///< of the card, while a button is held
  std::string sought{};        ///< what a panel was scrolled to last
};

/// The card's own words, by language; English where there are none.
struct CardWords {
  std::string_view language, back, next, skip, finish, leave, done, another, unseen;
};
constexpr CardWords kWords[] = {
    {"en", "Back", "Next", "Skip", "Finish", "Leave", "That was all. Next comes: {}", "Next lesson",
     "“{}” is not to be seen here just now."},
    {"de", "Zurück", "Weiter", "Überspringen", "Fertig", "Verlassen",
     "Das war alles. Als Nächstes: {}", "Nächste Lektion", "„{}“ ist hier gerade nicht zu sehen."},
};

const CardWords& words_in(std::string_view language) {
  const auto found = std::ranges::find(kWords, language, &CardWords::language);
  return found == std::end(kWords) ? kWords[0] : *found;
}

void draw_anchor(const UiContext& ctx, const Box& anchor, const Box& card) {
  // It would be a ring around some of the card's words.
  if (overlap(anchor, card) > 0.5F * anchor.width() * anchor.height()) return;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const float pad = ctx.px(4);
  list.AddRect({anchor.min.x - pad, anchor.min.y - pad}, {anchor.max.x + pad, anchor.max.y + pad},
               ctx.colours.accent, ctx.px(6), 0, std::max(2.0F, ctx.px(2)));
  if (is_strip(ctx)) return;  // the line would cross much else
  // A line from the card's edge to the ring, where they are apart.
  const Point from{std::clamp((anchor.min.x + anchor.max.x) / 2, card.min.x, card.max.x),
                   std::clamp((anchor.min.y + anchor.max.y) / 2, card.min.y, card.max.y)};
  const Point to{std::clamp(from.x, anchor.min.x - pad, anchor.max.x + pad),
                 std::clamp(from.y, anchor.min.y - pad, anchor.max.y + pad)};
  if (overlap(anchor, card) > 0) return;  // it would cross the card's words
  list.AddLine({from.x, from.y}, {to.x, to.y}, ctx.colours.accent, std::max(2.0F, ctx.px(2)));
}

/// Whether it says what was to be seen.
bool remarks(LessonPart& part, const LessonStep& step) {
  return !step.waits.empty() && !step.remark.empty() && part.passed();
}

/// In a strip, where room is short, the remark takes the place of the words.
void draw_words(UiContext& ctx, LessonPart& part, const LessonStep& step) {
  ImGui::PushTextWrapPos(0);
  const bool remark = remarks(part, step), strip = is_strip(ctx);
  if (!remark || !strip) text(ctx, ctx.fonts.text, ctx.colours.text, part.spoken(step.text));
  if (remark) {
    if (!strip) ImGui::Dummy({0, ctx.px(2)});
    text(ctx, ctx.fonts.text, ctx.colours.accent, part.spoken(step.remark));
    note_place(ctx, "lesson remark");
  }
  ImGui::PopTextWrapPos();
}

/// Where the step points to: the learner may have left the page, the author may have misspelt it.
void draw_unseen(UiContext& ctx, const Lesson& lesson, const LessonStep& step) {
  ImGui::Dummy({0, ctx.px(2)});
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.text, ctx.colours.faint,
       fmt::format(fmt::runtime(words_in(lesson.language).unseen), step.anchor));
  ImGui::PopTextWrapPos();
  note_place(ctx, "lesson unseen");
}

/// In the last step of a lesson, the one behind it, if there is one.
const Lesson* what_comes_next(LessonPart& part, const Lesson& lesson) {
  if (!part.at_end()) return nullptr;
  const auto& all = part.lessons();
  const auto found = std::ranges::find(all, lesson.name, &Lesson::name);
  return found == all.end() || found + 1 == all.end() ? nullptr : &*(found + 1);
}

void draw_end(UiContext& ctx, const Lesson& lesson, const Lesson& next) {
  const CardWords& words = words_in(lesson.language);
  ImGui::Dummy({0, ctx.px(2)});
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.text, ctx.colours.faint, fmt::format(fmt::runtime(words.done), next.title));
  ImGui::PopTextWrapPos();
}

/// So much higher the card will be once the step is passed.
float height_to_come(UiContext& ctx, LessonPart& part, const Lesson& lesson, const LessonStep& step,
                     const Lesson* next, float width) {
  if (step.waits.empty() || part.passed()) return 0;
  const auto height_of = [&](const std::string& words) {
    ImFont* font = ctx.fonts.text;
    return words.empty() ? 0
                         : font->FontSize * static_cast<float>(wrapped(font, words, width).size());
  };
  const float between = ctx.px(2) + 2 * ImGui::GetStyle().ItemSpacing.y;
  float height = height_of(part.spoken(step.remark));
  if (is_strip(ctx))
    height = std::max(0.0F, height - height_of(part.spoken(step.text)));
  else if (height > 0)
    height += between;
  if (next)
    height +=
        between + height_of(fmt::format(fmt::runtime(words_in(lesson.language).done), next->title));
  return height;
}

/// Conditions on values that have a control of their name, as most of the scene have.
std::vector<Condition> moves_of(const LessonStep& step) {
  std::vector<Condition> moves;
  for (const Condition& wait : step.waits)
    if (wait.kind != Condition::Kind::did &&
        std::ranges::find(scene_fields(), wait.name, &SceneField::name) != scene_fields().end())
      moves.push_back(wait);
  return moves;
}

std::vector<SpokenOf> spoken_of_by(const UiContext& ctx, const LessonPart& part,
                                   const LessonStep& step) {
  const Transient& t = ctx.transient;
  std::vector<SpokenOf> all;
  const auto add = [&](const std::string& name, bool to_do) {
    if (const auto found = t.places.find(name); found != t.places.end())
      all.push_back({found->second, to_do, t.below.contains(name)});
  };
  for (const Condition& move : moves_of(step)) add(move.name, !part.met(move));
  add(step.anchor, true);
  return all;
}

/// What is to be seen next of panels that do not show all: what is to be moved, until it is where
/// it is to be; then what the step points to.
std::string to_be_seen(const LessonPart& part, const LessonStep& step) {
  for (const Condition& move : moves_of(step))
    if (!part.met(move)) return move.name;
  return step.anchor;
}

/// Panels that an audience does not see come back for what a step points to, or wants to be moved:
/// one at a time, the left one first, which has the controls, until they are where they are to be.
/// @param points_nowhere its anchor is not in sight
/// @param moves_nothing of its controls none is
void unfold_panels(UiContext& ctx, const LessonPart& part, CardMemory& memory,
                   const LessonStep& step, bool points_nowhere, bool moves_nothing) {
  // Frames until what is drawn is known, and until a hand has left a control.
  constexpr int kPatience = 3, kRest = 60;
  using Unfolded = Transient::Unfolded;
  // The last: it is nowhere, and no panel takes room from the stage for nothing.
  constexpr Unfolded kSearch[] = {Unfolded::none, Unfolded::left, Unfolded::right, Unfolded::none};
  const std::vector<Condition> moves = moves_of(step);
  const bool moved = !moves.empty() && !moves_nothing && !ImGui::IsMouseDown(0) &&
                     std::ranges::all_of(moves, [&](const auto& move) { return part.met(move); });
  const bool more = memory.searched == 0   ? points_nowhere || (moves_nothing && !moves.empty())
                    : memory.searched == 1 ? points_nowhere && (moves_nothing || moved)
                    : memory.searched == 2 ? points_nowhere
                                           : false;
  if (!more || ++memory.frames % (moved ? kRest : kPatience) != 0) return;
  ctx.transient.unfolded = kSearch[++memory.searched];
  ctx.transient.scroll_to = points_nowhere || moves.empty() ? step.anchor : moves.front().name;
}

/// @param next the lesson that may be gone on with, if there is one
void draw_buttons(UiContext& ctx, LessonPart& part, const Lesson& lesson, const Lesson* next) {
  const int at = ctx.state.lesson.step, last = static_cast<int>(lesson.steps.size()) - 1;
  const CardWords& words = words_in(lesson.language);
  if (text_button(ctx, "lesson back", words.back, "The step before.", {.enabled = at > 0}))
    ctx.session.post(verbs::lesson_back);
  ImGui::SameLine(0, ctx.px(6));
  ImGui::AlignTextToFramePadding();
  const std::string where = fmt::format("{} / {}", at + 1, last + 1);
  text(ctx, ctx.fonts.mono, ctx.colours.faint, where);
  ImGui::SameLine(0, ctx.px(6));
  // Nothing is ever locked: who does not want to do it goes on.
  const bool waits = !part.passed();
  if (text_button(ctx, "lesson next",
                  at == last ? words.finish
                  : waits    ? words.skip
                             : words.next,
                  waits ? "Goes on without it; you can come back." : "The next step.",
                  {.chosen = !waits}))
    ctx.session.post(verbs::lesson_next);
  if (next) {
    ImGui::SameLine(0, ctx.px(6));
    if (text_button(ctx, "lesson another", words.another, next->title.c_str())) {
      ctx.session.post(verbs::lesson_next);
      ctx.session.post(verbs::lesson_open, next->name);
    }
    return;  // to finish is to leave
  }
  ImGui::SameLine(0, ctx.px(6));
  if (text_button(ctx, "lesson close", words.leave,
                  "Leaves the lesson; it is kept how far you were."))
    ctx.session.post(verbs::lesson_close);
}

/// Of the row of buttons, whether the step is passed or not.
float buttons_width(const UiContext& ctx, const Lesson& lesson, const Lesson* next) {
  const CardWords& words = words_in(lesson.language);
  const auto width = [&](std::string_view label) { return text_button_width(ctx, label); };
  const float on = std::max({width(words.next), width(words.skip), width(words.finish)});
  const float off = std::max(width(words.leave), next ? width(words.another) : 0.0F);
  const float where = text_width(ctx.fonts.mono, "00 / 00");
  return width(words.back) + where + on + off + 3 * ctx.px(6);
}

/// One line for who is here for the first time; it goes by itself, and is gone once a lesson was
/// begun.
void draw_offer(UiContext& ctx, LessonPart& part) {
  constexpr double kOffered = 120;  // seconds of a window's life
  const Transient& t = ctx.transient;
  // Pictures that scripts make are nobody's first start.
  if (!t.may_write || t.seconds > kOffered || !ctx.state.lesson.passed.empty()) return;
  if (ctx.state.workspace != Workspace::generate || part.lessons().empty()) return;
  const Lesson& first = part.lessons().front();
  const std::string words = fmt::format("New here? A lesson of five minutes: {}", first.title);
  const ImVec2 whole = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({whole.x / 2, whole.y - ctx.px(30)}, ImGuiCond_Always, {0.5F, 1});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(4), ctx.px(2)});
  ImGui::Begin("lesson offer", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
  if (text_button(ctx, "first lesson", words, "Begins it; you can leave at any step.",
                  {.frame = false}))
    ctx.session.post(verbs::lesson_open, first.name);
  ImGui::End();
  ImGui::PopStyleVar();
}

/// What a card remembers of the step before is gone, and its anchor comes into sight.
void begin_step(UiContext& ctx, CardMemory& memory, const Lesson& lesson, const LessonStep& step) {
  const std::string shown = fmt::format("{} {}", lesson.name, ctx.state.lesson.step);
  if (memory.step == shown) return;
  memory = {.step = shown, .full = memory.full};
  const auto moves = moves_of(step);
  ctx.transient.scroll_to =
      step.anchor.empty() && !moves.empty() ? moves.front().name : step.anchor;
  ctx.transient.unfolded = Transient::Unfolded::none;
}

void draw_contents(UiContext& ctx, LessonPart& part, const CardMemory& memory, const Lesson& lesson,
                   const LessonStep& step, const Lesson* next) {
  constexpr int kToldAfter = 60;  // frames: longer than panels take to unfold and to scroll
  const bool strip = is_strip(ctx);
  const float room = ImGui::GetContentRegionAvail().x, buttons = buttons_width(ctx, lesson, next);
  const bool one_row =
      strip && text_width(ctx.fonts.strong, step.title) + ctx.px(16) + buttons <= room;
  const bool ended = next && part.passed();
  const Lesson* const another = ended ? next : nullptr;
  if (!strip) text(ctx, ctx.fonts.caption, ctx.colours.faint, lesson.title);
  if (one_row) ImGui::AlignTextToFramePadding();
  text(ctx, ctx.fonts.strong, ctx.colours.text, step.title);
  if (one_row) {
    ImGui::SameLine(ImGui::GetCursorPosX() + room - buttons);
    draw_buttons(ctx, part, lesson, another);
  }
  draw_words(ctx, part, step);
  if (memory.unseen > kToldAfter) draw_unseen(ctx, lesson, step);
  if (ended) draw_end(ctx, lesson, *next);
  if (one_row) return;
  ImGui::Dummy({0, ctx.px(2)});
  draw_buttons(ctx, part, lesson, another);
}

}  // namespace

void draw_lesson_card(UiContext& ctx) {
  LessonPart& part = ctx.session.part<LessonPart>();
  const Lesson* lesson = part.open();
  const LessonStep* step = part.step();
  Transient& t = ctx.transient;
  const bool strip = is_strip(ctx);
  if (!lesson || !step || !strip) t.strip = {};
  if (!lesson || !step) return draw_offer(ctx, part);
  t.keep_places = true;
  CardMemory& memory = ctx.kept<CardMemory>();
  begin_step(ctx, memory, *lesson, *step);
  std::optional<Box> anchor;
  if (const auto found = t.places.find(step->anchor); found != t.places.end())
    anchor = found->second;
  memory.unseen = anchor || step->anchor.empty() ? 0 : memory.unseen + 1;
  const std::vector<SpokenOf> spoken_of = spoken_of_by(ctx, part, *step);
  const bool moves_nothing = spoken_of.size() == (anchor ? 1U : 0U);
  unfold_panels(ctx, part, memory, *step, !anchor && !step->anchor.empty(), moves_nothing);
  // What is to be moved counts more than where it shows: there is room for one of their panels.
  if (!moves_nothing && ctx.state.presenting != Presenting::off) memory.unseen = 0;

  // The card has a place for all that it will say, and grows upwards in it: its buttons stay where
  // they are. Those of a strip lie above its words.
  constexpr float kPadX = 14, kPadY = 12;
  const Lesson* const next = what_comes_next(part, *lesson);
  const float width = card_width(ctx);
  const float height = memory.height > 0 ? memory.height
                       : memory.full > 0 ? memory.full
                                         : ctx.px(160);
  const float coming = height_to_come(ctx, part, *lesson, *step, next, width - 2 * ctx.px(kPadX));
  if (memory.height > 0) memory.room = std::max(memory.room, height + coming);
  const float full = memory.full = std::max(memory.room, height);
  const bool held = ImGui::IsMouseDown(0);
  if (strip && (t.strip == LessonStrip{} || (memory.height > 0 && !held))) {
    const LessonStrip before = std::exchange(t.strip, place_of_strip(ctx, spoken_of, full));
    const std::string sought = to_be_seen(part, *step);
    if (t.strip != before || memory.sought != sought) t.scroll_to = memory.sought = sought;
  }
  if (!memory.place || !held)
    memory.place = strip ? box_of_strip(ctx, t.strip) : place_of_card(ctx, anchor, spoken_of, full);
  const Box place = *memory.place;
  const float left = std::floor(place.min.x), low = std::floor(place.max.y);
  const float shown = strip ? std::floor(place.height()) : height;
  ImGui::SetNextWindowPos({left, low}, ImGuiCond_Always, {0, 1});
  ImGui::SetNextWindowSize({width, strip ? shown : 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ctx.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(kPadX), ctx.px(kPadY)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, std::max(1.0F, ctx.px(1.5F)));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ctx.colours.raised);
  ImGui::PushStyleColor(ImGuiCol_Border, ctx.colours.accent);
  ImGui::Begin("lesson card", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  draw_contents(ctx, part, memory, *lesson, *step, next);
  // Not the window's size, which is that of what it showed a frame ago.
  const ImGuiStyle& style = ImGui::GetStyle();
  memory.height = ImGui::GetCursorPosY() - style.ItemSpacing.y + style.WindowPadding.y;
  ImGui::End();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(3);
  const Box card{{left, low - shown}, {left + width, low}};
  t.places["lesson card"] = card;
  if (anchor && !t.focus.dialog) draw_anchor(ctx, *anchor, card);
}

}  // namespace phaseloom
