// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/stale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "app/document/spoken_names.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_stale(UiContext& ctx, ImDrawList& list, Box picture, std::string_view words) {
  list.AddRectFilled({picture.min.x, picture.min.y}, {picture.max.x, picture.max.y},
                     faded(ctx.colours.panel, 0.6f));
  ImFont* font = ctx.fonts.text;
  const float pad = ctx.px(8), room = std::max(picture.width() - 4 * pad, ctx.px(40));
  // On as many lines as the picture is too narrow for.
  const ImVec2 size =
      font->CalcTextSizeA(font->FontSize, FLT_MAX, room, words.data(), words.data() + words.size());
  const float width = std::min(size.x, room);
  const ImVec2 low{std::floor((picture.min.x + picture.max.x - width) / 2 - pad),
                   picture.min.y + ctx.px(10)};
  const ImVec2 high{low.x + width + 2 * pad, low.y + std::ceil(size.y) + 2 * ctx.px(5)};
  list.AddRectFilled(low, high, ctx.colours.raised, ctx.px(5));
  list.AddRect(low, high, ctx.colours.warning, ctx.px(5));
  if (ctx.transient.keep_places) ctx.transient.places["stale"] = {{low.x, low.y}, {high.x, high.y}};
  list.AddText(font, font->FontSize, {std::floor(low.x + pad), std::floor(low.y + ctx.px(5))},
               ctx.colours.text, words.data(), words.data() + words.size(), room + 1);
}

void draw_stale_since(UiContext& ctx, ImVec2 from) {
  ImGui::GetWindowDrawList()->AddRectFilled(
      from, {from.x + ImGui::GetContentRegionAvail().x, ImGui::GetCursorScreenPos().y},
      faded(ctx.colours.panel, 0.6f));
}

std::string stale_flow(const UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  if (!t.picture || t.active()) return "";
  TransportExperiment set = ctx.scene.transport;
  set.points = t.experiment.points;  // only how many of them are seen
  if (set.pair != kDrawnPair) set.drawing = t.experiment.drawing;
  if (set == t.experiment) return "";
  return fmt::format("Made with {}", spoken_experiment(t.experiment));
}

std::string stale_training(const UiContext& ctx) {
  const TrainingSnapshot& t = ctx.training;
  using State = TrainingSnapshot::State;
  const bool over = t.state == State::finished || t.state == State::failed;
  TrainingSetup set = ctx.scene.train;
  set.threads = t.setup.threads;  // changes no picture
  if (!over || set == t.setup) return "";
  return fmt::format("Made with {}", spoken_training(t.setup));
}

void note_for_the_next(UiContext& ctx) {
  ImGui::Dummy({0, ctx.px(4)});
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.caption, ctx.colours.warning,
       "Changed since the training began: counts for the next one.");
  ImGui::PopTextWrapPos();
}

}  // namespace phaseloom
