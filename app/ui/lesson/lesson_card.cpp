// SPDX-License-Identifier: MIT
#include "app/ui/lesson/lesson_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/lesson_verbs.hpp"
#include "app/session/lesson_part.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr float kCardWidth = 330;  // units, but in a strip

/// What the card keeps from frame to frame.
struct CardMemory {
  std::string step;            ///< that is shown
  float height = 0;            ///< that the card took last
  float room = 0;              ///< height that it needs in this step once all of it is said
  int frames = 0;              ///< in which its anchor was not seen
  int searched = 0;            ///< panels, for it
  std::optional<Point> place;  ///< of the card, while a button is held
  int unseen = 0;              ///< the same since it was seen last
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

/// What a card had better not hide, and how much that counts.
struct SpokenOf {
  Box box;
  float counts;
};
constexpr float kToDo = 10, kDone = 1, kPlotUnderStrip = 0.5F;

/// How bad a place of the card is: what it hides of what is spoken of, and of the pictures, in
/// shares of these.
float hides(const UiContext& ctx, const Box& card, const std::vector<SpokenOf>& spoken_of) {
  const auto share = [&](const Box& box) {
    return overlap(card, box) / std::max(1.0F, box.width() * box.height());
  };
  float bad = 0;
  for (const SpokenOf& what : spoken_of) bad += what.counts * share(what.box);
  if (const std::optional<Box> seen = pictures(ctx)) bad += share(*seen);
  return bad;
}

/// Beside the anchor, where it hides least, and within the window; without an anchor at the lower
/// right of the stage.
Point place_of(const UiContext& ctx, const std::optional<Box>& anchor,
               const std::vector<SpokenOf>& spoken_of, float width, float height) {
  const ImVec2 whole = ImGui::GetIO().DisplaySize;
  const float gap = ctx.px(14), edge = ctx.px(8), bar = ctx.px(46);
  const auto kept = [&](Point p) {
    return Point{std::clamp(p.x, edge, std::max(edge, whole.x - edge - width)),
                 std::clamp(p.y, bar, std::max(bar, whole.y - ctx.px(30) - height))};
  };
  std::vector<Point> places;
  if (wide(ctx)) {
    places = {{0, whole.y}, {0, 0}};
  } else if (!anchor) {
    places = {{whole.x * 0.62F - width / 2, whole.y}};
  } else if (anchor->width() * anchor->height() > 0.2F * whole.x * whole.y) {
    // What is large is spoken of from its own corner.
    places = {{anchor->max.x - width - gap, anchor->min.y + gap}};
  } else {
    const float x = (anchor->min.x + anchor->max.x) / 2 - width / 2;
    const float y = (anchor->min.y + anchor->max.y) / 2 - height / 2;
    places = {{anchor->max.x + gap, y},
              {anchor->min.x - gap - width, y},
              {x, anchor->max.y + gap},
              {x, anchor->min.y - gap - height}};
  }
  for (Point& place : places) place = kept(place);
  return *std::ranges::min_element(places, {}, [&](Point p) {
    return hides(ctx, {p, {p.x + width, p.y + height}}, spoken_of);
  });
}

void draw_anchor(const UiContext& ctx, const Box& anchor, const Box& card) {
  // It would be a ring around some of the card's words.
  if (overlap(anchor, card) > 0.5F * anchor.width() * anchor.height()) return;
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

/// Whether it says what was to be seen.
bool remarks(LessonPart& part, const LessonStep& step) {
  return !step.waits.empty() && !step.remark.empty() && part.passed();
}

/// In a strip, where room is short, the remark takes the place of the words.
void draw_words(UiContext& ctx, LessonPart& part, const LessonStep& step) {
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.strong, ctx.colours.text, step.title);
  const bool remark = remarks(part, step);
  if (!remark || !wide(ctx)) text(ctx, ctx.fonts.text, ctx.colours.text, part.spoken(step.text));
  if (remark) {
    if (!wide(ctx)) ImGui::Dummy({0, ctx.px(2)});
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
const Lesson* what_comes_next(UiContext& ctx, LessonPart& part, const Lesson& lesson) {
  const bool last = ctx.state.lesson.step + 1 == static_cast<int>(lesson.steps.size());
  if (!last) return nullptr;
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
  if (wide(ctx))
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

/// What is to be moved counts most until it is where it is to be; then what the card points to. A
/// strip has to lie somewhere: rather on a plot than on the pictures, which hands may be wanted on.
std::vector<SpokenOf> spoken_of_by(const UiContext& ctx, const LessonPart& part,
                                   const LessonStep& step, const std::optional<Box>& anchor) {
  std::vector<SpokenOf> all;
  for (const Condition& move : moves_of(step))
    if (const auto found = ctx.transient.places.find(move.name);
        found != ctx.transient.places.end())
      all.push_back({found->second, part.met(move) ? kDone : kToDo});
  if (anchor) {
    const bool is_plot = anchor->height() > 2 * ImGui::GetFrameHeight();
    all.push_back({*anchor, wide(ctx) && is_plot ? kPlotUnderStrip : kToDo});
  }
  return all;
}

/// Panels that an audience does not see come back for what a step points to, or wants to be moved:
/// one at a time, the left one first, which has the controls.
/// @param points_nowhere its anchor is not in sight
/// @param moves_nothing of its controls none is
void unfold_panels(UiContext& ctx, CardMemory& memory, const LessonStep& step, bool points_nowhere,
                   bool moves_nothing) {
  constexpr int kPatience = 3;  // frames, until what is drawn is known
  using Unfolded = Transient::Unfolded;
  // The last: it is nowhere, and no panel takes room from the stage for nothing.
  constexpr Unfolded kSearch[] = {Unfolded::none, Unfolded::left, Unfolded::right, Unfolded::none};
  const std::vector<Condition> moves = moves_of(step);
  const bool more = memory.searched == 0   ? points_nowhere || (moves_nothing && !moves.empty())
                    : memory.searched == 1 ? points_nowhere && moves_nothing
                    : memory.searched == 2 ? points_nowhere
                                           : false;
  if (!more || ++memory.frames % kPatience != 0) return;
  ctx.transient.unfolded = kSearch[++memory.searched];
  ctx.transient.scroll_to = points_nowhere || moves.empty() ? step.anchor : moves.front().name;
}

/// @param next the lesson that may be gone on with, if there is one
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
    memory.height = memory.room = 0;
    memory.searched = 0;
    memory.place.reset();
    const auto moves = moves_of(*step);
    t.scroll_to = step->anchor.empty() && !moves.empty() ? moves.front().name : step->anchor;
    t.unfolded = Transient::Unfolded::none;
  }
  std::optional<Box> anchor;
  if (const auto found = t.places.find(step->anchor); found != t.places.end())
    anchor = found->second;
  memory.unseen = anchor || step->anchor.empty() ? 0 : memory.unseen + 1;
  const std::vector<SpokenOf> spoken_of = spoken_of_by(ctx, part, *step, anchor);
  const bool moves_nothing = spoken_of.size() == (anchor ? 1U : 0U);
  unfold_panels(ctx, memory, *step, !anchor && !step->anchor.empty(), moves_nothing);
  // What is to be moved counts more than where it shows: there is room for one of their panels.
  if (!moves_nothing && ctx.state.presenting != Presenting::off) memory.unseen = 0;
  const float room = ImGui::GetIO().DisplaySize.x - ctx.px(16);
  const float width = wide(ctx) ? room : std::min(ctx.px(kCardWidth), room);
  const float height = memory.height > 0 ? memory.height : ctx.px(160);
  const Lesson* const next = what_comes_next(ctx, part, *lesson);
  // The card has a place for all that it will say, and grows upwards in it: its buttons stay where
  // they are.
  constexpr float kPadX = 14, kPadY = 12;
  const float coming = height_to_come(ctx, part, *lesson, *step, next, width - 2 * ctx.px(kPadX));
  if (memory.height > 0) memory.room = std::max(memory.room, height + coming);
  const float full = std::max(memory.room, height);
  if (!memory.place || !ImGui::IsMouseDown(0))
    memory.place = place_of(ctx, anchor, spoken_of, width, full);
  const Point at = *memory.place;
  const Point low{std::floor(at.x), std::floor(at.y + full)};
  ImGui::SetNextWindowPos({low.x, low.y}, ImGuiCond_Always, {0, 1});
  ImGui::SetNextWindowSize({width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ctx.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(kPadX), ctx.px(kPadY)});
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
  const bool ended = next && part.passed();
  if (ended) draw_end(ctx, *lesson, *next);
  draw_buttons(ctx, part, *lesson, ended ? next : nullptr);
  // Not the window's size, which is that of what it showed a frame ago.
  const ImGuiStyle& style = ImGui::GetStyle();
  memory.height = ImGui::GetCursorPosY() - style.ItemSpacing.y + style.WindowPadding.y;
  ImGui::End();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(3);
  const Box card{{low.x, low.y - height}, {low.x + width, low.y}};
  t.places["lesson card"] = card;
  if (anchor) draw_anchor(ctx, *anchor, card);
}

}  // namespace phaseloom
