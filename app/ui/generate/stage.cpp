// SPDX-License-Identifier: MIT
// What lies in the middle of Generate: the wall of samples, a plot, or the trail; around it what is
// chosen above, and what is said below.

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/compare.hpp"
#include "app/ui/generate/inspector_plots.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/trail_view.hpp"
#include "app/ui/generate/wall_stage.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/no_model.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr float kLeastWall = 80;  // units of height that the strips below must leave it

/// Which quantity, which layer, compared or not, and what the colours of `shown` mean.
void draw_view_bar(UiContext& ctx, const ViewLook& look, const ViewLook& shown) {
  const View view = clamped_view(ctx);
  const Snapshot& now = ctx.now;
  const float start = ImGui::GetCursorPosX();
  const float room = ImGui::GetContentRegionAvail().x;
  const float height = ImGui::GetFrameHeight();

  const Choice quantities[] = {
      {"Intensity", "What is read out: pixel = (1 + sin θ) / 2, or as the model says.", true},
      {now.spoken().title.data(),
       now.is_phase ? "The state θ itself as a colour: as bright as the pixel it becomes; orange "
                      "while cos θ > 0, blue while cos θ < 0."
                    : "The state x itself, blue below 0 and orange above.",
       true},
      {"Rate", "How fast each state moves just now: dθ/dt under the parameters of this chunk.",
       true},
  };
  const auto narrow = room < ctx.px(560);
  if (const auto chosen = segmented(ctx, "quantity", quantities, static_cast<int>(view.quantity),
                                    ctx.px(narrow ? 190 : 230)))
    ctx.session.post(verbs::view, name_of(static_cast<View::Quantity>(*chosen)), view.layer);

  const int layers = now.grid.layers;
  if (now.model && layers > 1) {
    ImGui::SameLine();
    const float left = room - (ImGui::GetCursorPosX() - start);
    if (left < ctx.px(64)) ImGui::NewLine();
    std::vector<std::string> names;
    for (int layer = 0; layer < layers; ++layer) names.push_back(layer_name(now.picture, layer));
    if (const auto taken = drop_down(
            ctx, {.name = "layer",
                  .entries = names,
                  .chosen = view.layer,
                  .shown = {},
                  .width = left < ctx.px(64) ? ctx.px(104) : std::min(left, ctx.px(104)),
                  .help = "Which layer the wall shows: the visible one is read out as the image, "
                          "the hidden ones help to form it."}))
      ctx.session.post(verbs::view, name_of(view.quantity), *taken);
  }
  ImGui::SameLine();
  if (room - (ImGui::GetCursorPosX() - start) < ctx.px(40)) ImGui::NewLine();
  const bool on = ctx.state.compare != Compare::off;
  if (text_button(ctx, "compare", "A/B",
                  "Compares with ideal hardware under the same noise: the network runs a second "
                  "time beside itself, which costs as much again.   C",
                  {.enabled = true, .chosen = on}, ctx.px(40)))
    ctx.session.post(verbs::compare, name_of(on ? Compare::off : Compare::side));
  if (look.empty) return;
  ImGui::SameLine();
  const float taken = ImGui::GetCursorPosX() - start;
  if (room - taken < ctx.px(76)) {
    ImGui::NewLine();
    return;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_legend(ctx, *ImGui::GetWindowDrawList(), {at.x + room - taken, at.y + height / 2},
              room - taken, shown);
  ImGui::NewLine();
}

/// A run that left all bounds: says so, and what to do. Over the pictures, which stay where they
/// are.
void draw_diverged(UiContext& ctx, Box area) {
  const float height = ctx.px(44);
  const ImVec2 a{area.min.x, area.min.y}, b{area.max.x, area.min.y + height};
  ImGui::SetCursorScreenPos(a);
  ImGui::BeginChild(
      "diverged", {area.width(), height}, false,
      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(a, b, mixed(ctx.colours.panel, ctx.colours.error, 0.18f), ctx.px(5));
  list.AddRect(a, b, ctx.colours.error, ctx.px(5));
  draw_icon(list, Icon::warning, {a.x + ctx.px(22), (a.y + b.y) / 2}, ctx.px(18),
            ctx.colours.error);
  const float button = ctx.px(84);
  const float room = area.width() - ctx.px(60) - button;
  std::string words = fmt::format(
      "Diverged at step {}: a state is no number any more. More steps per chunk or another "
      "integrator may help.",
      ctx.now.step);
  if (text_width(ctx.fonts.text, words) > room)  // the message below says the rest
    words = fmt::format("Diverged at step {}: no number any more.", ctx.now.step);
  draw_text(list, ctx.fonts.text, {a.x + ctx.px(42), (a.y + b.y - ctx.fonts.text->FontSize) / 2},
            ctx.colours.text, words, room);
  ImGui::SetCursorScreenPos({b.x - button - ctx.px(8), (a.y + b.y - ImGui::GetFrameHeight()) / 2});
  if (text_button(ctx, "restart", "Restart", "Starts again from the same noise.", {}, button))
    ctx.session.post(verbs::restart);
  ImGui::EndChild();
}

/// Why a hidden layer looks like noise that hardly differs from sample to sample. Returns its
/// height.
float explain_hidden(UiContext& ctx, Box area) {
  const std::string words =
      fmt::format("Hidden units, as {}{}: no picture, alike in all samples. Rate shows what moves.",
                  ctx.now.is_phase ? "sin " : "", ctx.now.spoken().symbol);
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.caption, {area.min.x, area.min.y},
            ctx.colours.faint, words, area.width());
  return name_height(ctx);
}

}  // namespace

void draw_stage(UiContext& ctx) {
  ctx.transient.hovered_lane = -1;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Box whole{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  if (!ctx.now.model) return draw_no_model(ctx, whole);
  if (is_plot(ctx.state.stage)) return draw_stage_plot(ctx, whole);
  const ViewLook look = prepare_view(ctx);
  const bool differs = look.compared && ctx.state.compare == Compare::difference;
  const ViewLook difference = differs ? difference_look(ctx, look) : ViewLook();
  draw_view_bar(ctx, look, differs ? difference : look);
  if (ctx.state.compare != Compare::off) draw_compare_bar(ctx);
  const float top = ImGui::GetCursorScreenPos().y + ctx.px(4);
  Box area{{corner.x, top}, {whole.max.x, whole.max.y}};
  // The cost at the bottom, where it stays; the quality comes and goes.
  const float cost = cost_strip_height(ctx);
  const float least = ctx.px(kLeastWall);
  if (cost > 0 && area.height() - cost >= least) {
    area.max.y -= cost;
    draw_cost_strip(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + cost}});
  }
  const float strip = quality_strip_height(ctx);
  if (strip > 0 && area.height() - strip >= least) {
    area.max.y -= strip;
    draw_quality_strip(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + strip}});
  }
  const float words = caption_line_height(ctx, area.width());
  if (area.height() - words >= least) {
    area.max.y -= words;
    draw_caption_line(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + words}});
  }
  if (ctx.state.stage == OnStage::trail) {
    draw_trail_stage(ctx, area);
  } else {
    if (!look.empty && look.layer > 0 && clamped_view(ctx).quantity == View::Quantity::intensity)
      area.min.y += explain_hidden(ctx, area);
    if (!look.empty && area.height() > 20) draw_wall(ctx, look, difference, area);
  }
  if (ctx.now.diverged) draw_diverged(ctx, area);
  if (!ctx.now.loading.empty())
    draw_stale(
        ctx, *ImGui::GetWindowDrawList(), area,
        fmt::format("Made with {}; reading {} …", legible(ctx.now.model->name), ctx.now.loading));
}

}  // namespace phaseloom
