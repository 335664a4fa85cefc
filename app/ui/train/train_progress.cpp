// SPDX-License-Identifier: MIT
// The training's buttons, and a strip of how far it is.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/commands/training_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/toolkit/models.hpp"
#include "app/ui/toolkit/question.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/train/train.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using State = TrainingSnapshot::State;

const char* spoken_dataset(const TrainingSetup& setup) {
  return setup.dataset_name() == "mnist" ? "MNIST digits" : "Fashion-MNIST";
}

/// Keeps the best network; returns its file, or nothing, with a message of why there is none.
std::string keep(UiContext& ctx) {
  const auto file =
      free_model_file(ctx, suggested_model_name(ctx.training.setup), "train.keep FILE");
  if (!file) return "";
  ctx.session.post(verbs::train_keep, *file);
  if (ctx.training.stopping)
    ctx.session.tell(Message::Level::info,
                     "The best network is kept as soon as the last look at it is done");
  return *file;
}

void draw_buttons(UiContext& ctx) {
  const TrainingSnapshot& t = ctx.training;
  const float gap = ctx.px(6);
  const bool paused = t.state == State::paused;
  const bool running = t.state == State::running || t.state == State::loading;
  const float main_width = ctx.px(96);
  if (paused) {
    if (text_button(ctx, "resume", "Resume", "Lets the training go on.   Space", {.chosen = true},
                    main_width))
      ctx.session.post(verbs::train_resume);
  } else if (running) {
    if (text_button(ctx, "pause training", "Pause",
                    "Stops the training's time; everything stays as it is.   Space",
                    {.enabled = !t.stopping}, main_width))
      ctx.session.post(verbs::train_pause);
  } else {
    if (text_button(ctx, "start", "Start",
                    "Trains a new network as set on the left, from random couplings.   Space",
                    {.chosen = true}, main_width))
      start_training(ctx);
  }
  if (t.can_go_on && !t.active()) {
    ImGui::SameLine(0, gap);
    if (text_button(
            ctx, "go on", "Go on",
            fmt::format("Goes on with the training of {} that stopped after {}.",
                        spoken_dataset(t.unfinished), duration_text(60 * t.unfinished_minutes))))
      ctx.session.post(verbs::train_go_on);
  }
  ImGui::SameLine(0, gap);
  const bool can_stop = t.active() && !t.stopping;
  if (text_button(ctx, "stop", "Stop", "Ends the training after a last look at its quality.",
                  {.enabled = can_stop}))
    ctx.session.post(verbs::train_stop);
  ImGui::SameLine(0, ctx.px(18));
  if (text_button(ctx, "keep", "Keep best",
                  "Writes the best network so far among your models; the training goes on.",
                  {.enabled = t.has_best}))
    keep(ctx);
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "use", "Use it",
                  "Keeps the best network so far and puts it on the wall of Generate.",
                  {.enabled = t.has_best, .chosen = t.has_best && t.state == State::finished}))
    ctx.kept<NetworkToUse>().file = keep(ctx);
}

/// Rate, time left, iteration: at the right end of the buttons' line, the most telling last.
void draw_numbers(UiContext& ctx, ImVec2 corner, float width, float height, float taken) {
  const TrainingSnapshot& t = ctx.training;
  if (t.state == State::idle || t.state == State::loading) return;
  std::vector<NamedNumber> parts;
  if (t.state == State::running)
    parts.push_back({"left", t.seconds_left > 0 ? duration_text(t.seconds_left) : "–"});
  parts.push_back({"iteration", grouped(t.iteration)});
  if (t.state == State::running)
    parts.push_back({"per second", t.iterations_per_second > 0
                                       ? fmt::format("{:.1f}", t.iterations_per_second)
                                       : "–"});
  draw_numbers_line(ctx, parts, corner, width, height, taken);
}

/// The whole schedule from left to right; dots are the looks at the quality, the bright one is the
/// best.
void draw_strip(UiContext& ctx) {
  const TrainingSnapshot& t = ctx.training;
  const Palette& c = ctx.colours;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (room.y < ctx.px(12)) return;
  const float height = std::min(room.y - ctx.px(4), ctx.px(44));
  const ImVec2 a{at.x, std::floor(at.y + (room.y - height) / 2)}, b{at.x + room.x, a.y + height};
  ImGui::SetCursorScreenPos(a);
  ImGui::InvisibleButton("schedule", {std::max(room.x, 1.0f), height});
  note_place(ctx, "schedule");
  hint(ctx,
       "How much of the schedule has passed: the learning rates fall to its end. Dots are looks "
       "at the quality; the bright one is the best so far.");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = ctx.px(4);
  list.AddRectFilled(a, b, c.raised, rounding);
  const auto x_of = [&](double share) { return a.x + static_cast<float>(share) * (b.x - a.x); };
  const bool failed = t.state == State::failed;
  if (t.progress > 0) {
    const float end = std::floor(x_of(std::clamp(t.progress, 0.0, 1.0)));
    list.PushClipRect(a, {end, b.y}, true);
    const ImU32 fill = failed                     ? faded(c.error, 0.45f)
                       : t.state == State::paused ? mixed(c.accent_dim, c.raised, 0.5f)
                                                  : c.accent_dim;
    list.AddRectFilled(a, b, fill, rounding);
    list.PopClipRect();
    if (t.progress < 1)
      list.AddLine({end, a.y}, {end, b.y}, failed ? c.error : c.accent, std::max(1.0f, ctx.px(2)));
    const double share_per_iteration =
        t.iteration > 0 ? t.progress / static_cast<double>(t.iteration) : 0;
    for (const QualityPoint& p : t.curve) {
      const bool best = p.iteration == t.best_iteration;
      list.AddCircleFilled(
          {x_of(static_cast<double>(p.iteration) * share_per_iteration), b.y - ctx.px(7)},
          ctx.px(best ? 4 : 2.5f), best ? c.accent : c.faint, 16);
    }
  }
  const std::string network =
      fmt::format("{}, {}", spoken_dataset(t.setup), info(t.setup.substrate).name);
  const std::string length = t.setup.iterations > 0 ? counted(t.setup.iterations, "iteration")
                                                    : duration_text(60 * t.setup.minutes);
  std::string words;
  switch (t.state) {
    case State::idle:
      words = "Nothing is being trained";
      break;
    case State::loading:
      words = t.doing + " …";
      break;
    case State::failed:
      words = "Failed";
      break;
    default:
      words = fmt::format("{:.0f} % of {}: {}", 100 * t.progress, length, network);
      if (t.stopped) words += ", stopped";
      if (!t.reason.empty()) words += ", " + t.reason;
  }
  draw_text(list, ctx.fonts.text,
            {a.x + ctx.px(10), std::floor(a.y + (height - ctx.fonts.text->FontSize) / 2)},
            t.state == State::idle ? c.faint : c.text, words, room.x - ctx.px(20));
}

}  // namespace

void start_training(UiContext& ctx) {
  const TrainingSnapshot& t = ctx.training;
  if (!t.can_go_on) return ctx.session.post(verbs::train_start);
  ask(ctx, {"Start anew?",
            fmt::format("A training of {} that stopped after {} can still be gone on with. A new "
                        "one takes its place, and what it has learned since its best network is "
                        "lost.",
                        spoken_dataset(t.unfinished), duration_text(60 * t.unfinished_minutes)),
            {{"Start anew", "Drops it and begins from random couplings, as set on the left.",
              [](UiContext& now) { now.session.post(verbs::train_start); }},
             {"Go on", "Continues it where it was, with its own settings.",
              [](UiContext& now) { now.session.post(verbs::train_go_on); }}},
            {}});
}

void toggle_training(UiContext& ctx) {
  const TrainingSnapshot& t = ctx.training;
  if (t.stopping)
    return ctx.session.tell(Message::Level::info,
                            "The training takes its last look; another can begin after it");
  if (!t.active()) return start_training(ctx);
  ctx.session.post(t.state == State::paused ? verbs::train_resume : verbs::train_pause);
}

void use_what_was_kept(UiContext& ctx) {
  std::string& file = ctx.kept<NetworkToUse>().file;
  if (file.empty() || ctx.training.kept != unescaped(file)) return;
  ctx.session.set("model", file);
  ctx.session.post(verbs::workspace, name_of(Workspace::generate));
  file.clear();
}

void draw_train_progress(UiContext& ctx) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = ImGui::GetFrameHeight();
  draw_buttons(ctx);
  ImGui::SameLine();
  const float taken = ImGui::GetCursorScreenPos().x - corner.x;
  draw_numbers(ctx, corner, width, height, taken);
  ImGui::NewLine();
  draw_strip(ctx);
}

}  // namespace phaseloom
