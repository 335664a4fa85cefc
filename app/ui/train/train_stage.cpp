// SPDX-License-Identifier: MIT
// The samples of the network as it learns: always from the same noise, so that one sees each of
// them get better.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/training_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/toolkit/zoom.hpp"
#include "app/ui/train/train.hpp"

namespace phaseloom {
namespace {

/// The training's pictures, old and new, and when the new ones came.
struct LearningWall {
  std::shared_ptr<const std::vector<float>> current, previous;
  double since = 0;
  ImageWall wall;
};

using State = TrainingSnapshot::State;
constexpr double kFadeSeconds = 0.5;

/// A button in the middle of the area.
bool centred_button(UiContext& ctx, const char* id, const char* label, const char* help, Box area,
                    float y, bool chosen = true) {
  const float width = ctx.px(150);
  ImGui::SetCursorScreenPos({std::floor((area.min.x + area.max.x - width) / 2), y});
  return text_button(ctx, id, label, help, {.chosen = chosen}, width);
}

void draw_invitation(UiContext& ctx, Box area) {
  float y = area.min.y + std::max(ctx.px(20), area.height() * 0.5f - ctx.px(140));
  draw_icon(*ImGui::GetWindowDrawList(), Icon::wave,
            {(area.min.x + area.max.x) / 2, y + ctx.px(28)}, ctx.px(72), ctx.colours.disabled);
  y += ctx.px(78);
  centred(ctx, ctx.fonts.strong, ctx.colours.text, "No training yet", area, y);
  y += ctx.px(4);
  centred(ctx, ctx.fonts.text, ctx.colours.faint,
          "A network begins with random couplings and learns from a data set until its noise turns "
          "into pictures. Digits can be told apart after a minute or two on two cores; the longer, "
          "the better.",
          area, y);
  y += ctx.px(14);
  if (centred_button(ctx, "begin", "Start training", "Trains a network as set on the left.", area,
                     y, !ctx.training.can_go_on))
    toggle_training(ctx);
  y += ImGui::GetFrameHeight() + ctx.px(22);
  if (ctx.training.has_best) {
    centred(ctx, ctx.fonts.text, ctx.colours.text,
            "The network that the last training made has not been kept yet: Keep best, or Use it.",
            area, y);
    y += ctx.px(10);
  }
  if (!ctx.training.can_go_on) return;
  centred(
      ctx, ctx.fonts.text, ctx.colours.text,
      fmt::format("A training of {} was cut off after {}.", ctx.training.unfinished.dataset_name(),
                  duration_text(60 * ctx.training.unfinished_minutes)),
      area, y);
  y += ctx.px(8);
  if (centred_button(ctx, "begin again", "Go on with it",
                     "Continues where it was, with its own settings.", area, y))
    ctx.session.post(verbs::train_go_on);
}

void draw_waiting(UiContext& ctx, Box area, std::string_view words) {
  float y = (area.min.y + area.max.y) / 2 - ctx.px(30);
  centred(ctx, ctx.fonts.strong, ctx.colours.text, words, area, y);
  y += ctx.px(12);
  draw_busy_bar(ctx, area, y);
}

void draw_failure(UiContext& ctx, Box area) {
  float y = area.min.y + std::max(ctx.px(20), area.height() * 0.5f - ctx.px(140));
  draw_icon(*ImGui::GetWindowDrawList(), Icon::warning,
            {(area.min.x + area.max.x) / 2, y + ctx.px(28)}, ctx.px(56), ctx.colours.error);
  y += ctx.px(74);
  centred(ctx, ctx.fonts.strong, ctx.colours.text, "The training could not go on", area, y);
  y += ctx.px(4);
  centred(ctx, ctx.fonts.text, ctx.colours.warning, ctx.training.reason, area, y);
  y += ctx.px(14);
  if (centred_button(ctx, "begin", "Try again", "Trains a network as set on the left.", area, y))
    toggle_training(ctx);
}

/// What the pictures are, above them; returns where the wall begins.
float draw_caption(UiContext& ctx, Box area) {
  const TrainingSnapshot& t = ctx.training;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = ImGui::GetFrameHeight();
  const float y = area.min.y + (height - ctx.fonts.text->FontSize) / 2;
  std::string chip;
  ImU32 colour = ctx.colours.accent;
  if (t.state == State::paused) {
    chip = "Paused";
    colour = ctx.colours.warning;
  } else if (t.state == State::finished) {
    chip = t.stopped ? "Stopped" : t.reason.empty() ? "Finished" : "Ended early";
  } else if (t.state == State::failed) {
    chip = "Failed";
    colour = ctx.colours.error;
  } else if (t.stopping) {
    chip = "A last look …";
  }
  float right = area.max.x;
  if (!chip.empty()) {
    const float width = text_width(ctx.fonts.caption, chip) + ctx.px(16);
    right -= width + ctx.px(10);
    const float top = std::floor(area.min.y + (height - ctx.px(22)) / 2);
    list.AddRectFilled({area.max.x - width, top}, {area.max.x, top + ctx.px(22)},
                       faded(colour, 0.22f), ctx.px(11));
    draw_text(
        list, ctx.fonts.caption,
        {area.max.x - width + ctx.px(8), top + (ctx.px(22) - ctx.fonts.caption->FontSize) / 2},
        ctx.colours.text, chip);
  }
  const std::string what = "after " + counted(t.pictures_iteration, "iteration");
  const float width =
      draw_text(list, ctx.fonts.text, {area.min.x, y}, ctx.colours.text, what, right - area.min.x);
  const char* const more = "   the running average, always from the same noise";
  if (area.min.x + width + text_width(ctx.fonts.text, more) < right)
    draw_text(list, ctx.fonts.text, {area.min.x + width, y}, ctx.colours.faint, more);
  return area.min.y + height + ctx.px(6);
}

void draw_pictures(UiContext& ctx, Box area) {
  const TrainingSnapshot& t = ctx.training;
  LearningWall& learning = ctx.kept<LearningWall>();
  if (t.pictures != learning.current) {
    // Another training's pictures are nothing to fade from.
    const bool same = learning.current && learning.current->size() == t.pictures->size() &&
                      t.pictures_iteration > 0;
    learning.previous = same ? learning.current : nullptr;
    learning.current = t.pictures;
    learning.since = ctx.transient.seconds;
  }
  const int units = t.picture.size();
  const int count = static_cast<int>(t.pictures->size()) / units;
  learning.wall.show(learning.current, learning.previous, count, units, LaneOrder::lane_major);
  const auto fade = static_cast<float>(
      std::clamp((ctx.transient.seconds - learning.since) / kFadeSeconds, 0.0, 1.0));
  ctx.transient.moving = ctx.transient.moving || fade < 1;
  const auto side = static_cast<int>(std::lround(std::sqrt(count)));
  const WallLayout whole = layout_wall(area, count, {t.picture.width, t.picture.height}, 2,
                                       side * side == count ? side : 0);
  const WallLayout wall = zoomed(whole, present_zoom(ctx), area);
  const Box box = wall.seen();
  take_zoom_button(ctx, area);
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::InvisibleButton("learning", {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  note_place(ctx, "learning");
  zoom_input(ctx, zoomable(whole, area));
  hint(ctx,
       "Pictures that the network makes just now, each from its own noise, which stays the same "
       "all the time. They come from the running average of the weights, which is what is kept.");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y}, true);
  draw_wall_samples(ctx, list, learning.wall, wall, {.channels = t.picture.channels}, fade);
  list.PopClipRect();
  if (const std::string words = stale_training(ctx); !words.empty())
    draw_stale(ctx, list, box, words);
  draw_zoom_button(ctx, area);
}

bool has_pictures(const TrainingSnapshot& t) { return t.pictures && !t.pictures->empty(); }

}  // namespace

/// A failure without pictures fills the stage.
bool train_stage_shows_errors(const UiContext& ctx) {
  return ctx.training.state == State::failed && !has_pictures(ctx.training);
}

void draw_train_stage(UiContext& ctx) {
  const TrainingSnapshot& t = ctx.training;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Box area{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  if (t.state == State::idle)
    draw_invitation(ctx, area);
  else if (t.state == State::loading)
    draw_waiting(ctx, area, fmt::format("{} …", t.doing.empty() ? "Starting" : t.doing));
  else if (train_stage_shows_errors(ctx))
    draw_failure(ctx, area);
  else if (!has_pictures(t))
    draw_waiting(ctx, area, "The first pictures are on their way");
  else
    draw_pictures(ctx, {{area.min.x, draw_caption(ctx, area)}, area.max});
}

}  // namespace phaseloom
