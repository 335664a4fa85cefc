// SPDX-License-Identifier: MIT
#include "app/ui/lesson/lesson_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/commands/lesson_verbs.hpp"
#include "app/session/lesson_part.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr float kCardWidth = 330;  // units, but in a strip

/// What the card keeps from frame to frame.
struct CardMemory {
  std::string step;  ///< that is shown
  float height = 0;  ///< that the card took last
  int frames = 0;    ///< in which its anchor was not seen
  int unseen = 0;    ///< the same since it was seen last
};

float overlap(const Box& a, const Box& b) {
  const float x = std::min(a.max.x, b.max.x) - std::max(a.min.x, b.min.x);
  const float y = std::min(a.max.y, b.max.y) - std::max(a.min.y, b.min.y);
  return x > 0 && y > 0 ? x * y : 0;
}

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

/// What of the stage should be seen: where the pictures are, whatever the workspace.
std::optional<Box> pictures(const UiContext& ctx) {
  for (const char* name : {"canvas", "field", "wall", "heat wall", "plane"})
    if (const auto found = ctx.transient.places.find(name); found != ctx.transient.places.end())
      return found->second;
  return {};
}

/// Where type is large in a small window a card would hide half of what it speaks of: it is a strip
/// then, as wide as the window.
bool wide(const UiContext& ctx) {
  constexpr float kShare = 0.45F;
  return ctx.px(kCardWidth) > kShare * ImGui::GetIO().DisplaySize.x;
}

/// Beside the anchor, on the side where it lies on the anchor least, and on pictures least, and
/// within the window; without an anchor at the lower right of the stage.
Point place_of(const UiContext& ctx, const std::optional<Box>& anchor, float width, float height) {
  const ImVec2 whole = ImGui::GetIO().DisplaySize;
  const float gap = ctx.px(14), edge = ctx.px(8), bar = ctx.px(46);
  const auto kept = [&](Point p) {
    return Point{std::clamp(p.x, edge, std::max(edge, whole.x - edge - width)),
                 std::clamp(p.y, bar, std::max(bar, whole.y - ctx.px(30) - height))};
  };
  if (wide(ctx)) {  // above or below, whichever hides less
    const Box above{kept({0, 0}), {}}, below{kept({0, whole.y}), {}};
    const auto hides = [&](Point at) {
      const Box box{at, {at.x + width, at.y + height}};
      const std::optional<Box> seen = pictures(ctx);
      return (anchor ? 4 * overlap(box, *anchor) : 0) + (seen ? overlap(box, *seen) : 0);
    };
    return hides(above.min) < hides(below.min) ? above.min : below.min;
  }
  if (!anchor) return kept({whole.x * 0.62F - width / 2, whole.y});
  // What is large is spoken of from its own corner.
  const bool large = anchor->width() * anchor->height() > 0.2F * whole.x * whole.y;
  if (large) return kept({anchor->max.x - width - gap, anchor->min.y + gap});
  const float x = (anchor->min.x + anchor->max.x) / 2 - width / 2;
  const float y = (anchor->min.y + anchor->max.y) / 2 - height / 2;
  const Point sides[] = {{anchor->max.x + gap, y},
                         {anchor->min.x - gap - width, y},
                         {x, anchor->max.y + gap},
                         {x, anchor->min.y - gap - height}};
  const std::optional<Box> seen = pictures(ctx);
  Point best{};
  float least = -1;
  for (const Point side : sides) {
    const Point p = kept(side);
    const Box box{p, {p.x + width, p.y + height}};
    // What is spoken of counts most.
    constexpr float kAnchorCounts = 10;
    const float covered = kAnchorCounts * overlap(box, *anchor) + (seen ? overlap(box, *seen) : 0);
    if (least >= 0 && covered >= least) continue;
    least = covered;
    best = p;
  }
  return best;
}

void draw_anchor(const UiContext& ctx, const Box& anchor, const Box& card) {
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const float pad = ctx.px(4);
  list.AddRect({anchor.min.x - pad, anchor.min.y - pad}, {anchor.max.x + pad, anchor.max.y + pad},
               ctx.colours.accent, ctx.px(6), 0, std::max(2.0F, ctx.px(2)));
  // A line from the card's edge to the ring, where they are apart.
  const Point from{std::clamp((anchor.min.x + anchor.max.x) / 2, card.min.x, card.max.x),
                   std::clamp((anchor.min.y + anchor.max.y) / 2, card.min.y, card.max.y)};
  const Point to{std::clamp(from.x, anchor.min.x - pad, anchor.max.x + pad),
                 std::clamp(from.y, anchor.min.y - pad, anchor.max.y + pad)};
  if (overlap(anchor, card) > 0) return;  // it would cross the card's words
  list.AddLine({from.x, from.y}, {to.x, to.y}, ctx.colours.accent, std::max(2.0F, ctx.px(2)));
}

void draw_words(UiContext& ctx, LessonPart& part, const LessonStep& step) {
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.strong, ctx.colours.text, step.title);
  text(ctx, ctx.fonts.text, ctx.colours.text, part.spoken(step.text));
  if (!step.waits.empty() && part.passed() && !step.remark.empty()) {
    ImGui::Dummy({0, ctx.px(2)});
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

/// At the end of a lesson, the one behind it, if there is one.
const Lesson* what_comes_next(UiContext& ctx, LessonPart& part, const Lesson& lesson) {
  const bool last = ctx.state.lesson.step + 1 == static_cast<int>(lesson.steps.size());
  if (!last || !part.passed()) return nullptr;
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

/// @param next what_comes_next()
void draw_buttons(UiContext& ctx, LessonPart& part, const Lesson& lesson, const Lesson* next) {
  const int at = ctx.state.lesson.step, last = static_cast<int>(lesson.steps.size()) - 1;
  const CardWords& words = words_in(lesson.language);
  ImGui::Dummy({0, ctx.px(2)});
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

}  // namespace

void draw_lesson_card(UiContext& ctx) {
  LessonPart& part = ctx.session.part<LessonPart>();
  const Lesson* lesson = part.open();
  const LessonStep* step = part.step();
  if (!lesson || !step) return draw_offer(ctx, part);
  Transient& t = ctx.transient;
  t.keep_places = true;
  CardMemory& memory = ctx.kept<CardMemory>();
  const std::string shown = fmt::format("{} {}", lesson->name, ctx.state.lesson.step);
  if (memory.step != shown) {
    memory.step = shown;
    memory.frames = memory.unseen = 0;
    t.scroll_to = step->anchor;
    t.unfolded = Transient::Unfolded::none;
  }
  std::optional<Box> anchor;
  if (const auto found = t.places.find(step->anchor); found != t.places.end())
    anchor = found->second;
  memory.unseen = anchor || step->anchor.empty() ? 0 : memory.unseen + 1;
  // Not on the stage that an audience sees: it is in a panel.
  constexpr int kPatience = 3;  // frames
  if (!anchor && !step->anchor.empty() && ++memory.frames % kPatience == 0 &&
      t.unfolded != Transient::Unfolded::right) {
    t.unfolded = t.unfolded == Transient::Unfolded::none ? Transient::Unfolded::left
                                                         : Transient::Unfolded::right;
    t.scroll_to = step->anchor;
  }
  const float room = ImGui::GetIO().DisplaySize.x - ctx.px(16);
  const float width = wide(ctx) ? room : std::min(ctx.px(kCardWidth), room);
  const float height = memory.height > 0 ? memory.height : ctx.px(160);
  const Point at = place_of(ctx, anchor, width, height);
  ImGui::SetNextWindowPos({std::floor(at.x), std::floor(at.y)});
  ImGui::SetNextWindowSize({width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ctx.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(14), ctx.px(12)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, std::max(1.0F, ctx.px(1.5F)));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ctx.colours.raised);
  ImGui::PushStyleColor(ImGuiCol_Border, ctx.colours.accent);
  ImGui::Begin("lesson card", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  if (!wide(ctx)) text(ctx, ctx.fonts.caption, ctx.colours.faint, lesson->title);
  draw_words(ctx, part, *step);
  constexpr int kToldAfter = 60;  // frames: longer than panels take to unfold and to scroll
  if (memory.unseen > kToldAfter) draw_unseen(ctx, *lesson, *step);
  const Lesson* const next = what_comes_next(ctx, part, *lesson);
  if (next) draw_end(ctx, *lesson, *next);
  draw_buttons(ctx, part, *lesson, next);
  memory.height = ImGui::GetWindowSize().y;
  ImGui::End();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(3);
  if (anchor) draw_anchor(ctx, *anchor, {at, {at.x + width, at.y + height}});
}

}  // namespace phaseloom
