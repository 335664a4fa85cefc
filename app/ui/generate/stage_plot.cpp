// SPDX-License-Identifier: MIT
// A plot of the inspector on the stage, and the way there and back.

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/inspector_plots.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

struct StagePlot {
  OnStage what;
  const char* title;
  void (*draw)(UiContext& ctx);
  bool of_unit;  ///< needs an oscillator that is picked
};
constexpr StagePlot kPlots[] = {
    {OnStage::order, "Order parameter", draw_order, false},
    {OnStage::energy, "Lyapunov energy", draw_energy, false},
    {OnStage::histogram, "Histogram of states", draw_histogram, false},
    {OnStage::curve, "Oscillator", draw_curve, true},
    {OnStage::kernel, "Coupling kernel", draw_kernel_maps, true},
};

const StagePlot& plot_of(OnStage what) {
  return *std::ranges::find(kPlots, what, &StagePlot::what);
}

void corner_button(UiContext& ctx, OnStage what) {
  const bool laid = ctx.transient.laid;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float size = ctx.px(18);
  ImGui::SetCursorScreenPos({at.x + ImGui::GetContentRegionAvail().x - size, at.y - ctx.px(2)});
  const std::string id = fmt::format("stage {}", name_of(what));
  // On the kernel, a click is for the oscillator there.
  const char* keys = laid ? "Escape" : what == OnStage::kernel ? "" : "Double click";
  if (icon_button(ctx, id.c_str(), laid ? Icon::shrink : Icon::enlarge, size,
                  laid ? "Puts the plot back into the inspector." : "Lays the plot on the stage.",
                  keys, {.frame = false}))
    ctx.session.post(verbs::stage, name_of(laid ? OnStage::wall : what));
  ImGui::SetCursorScreenPos(at);
}

}  // namespace

float plot_height(const UiContext& ctx, float units) {
  if (ctx.transient.laid)
    return std::max(ctx.transient.laid_end - ImGui::GetCursorScreenPos().y, ctx.px(units / 2));
  constexpr float kUsualWidth = 276, kUsualHeight = 760, kMost = 2.5f;
  const float wide = ImGui::GetContentRegionAvail().x / ctx.px(kUsualWidth);
  // In a tall panel there is more to be seen, too.
  const float tall = 1 + 0.4f * (ctx.transient.zone_height / kUsualHeight - 1);
  return ctx.px(units * std::clamp(std::max(wide, tall), 1.0f, kMost));
}

void stage_button(UiContext& ctx, OnStage what) {
  if (!ctx.transient.laid) corner_button(ctx, what);  // there, it is above the plot already
}

void take_double_click(UiContext& ctx, OnStage what) {
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0))
    ctx.session.post(verbs::stage, name_of(ctx.transient.laid ? OnStage::wall : what));
}

bool lies_on_stage(UiContext& ctx, OnStage what) {
  if (ctx.transient.laid || ctx.state.stage != what) return false;
  const std::string id = fmt::format("stage {}", name_of(what));
  if (text_button(ctx, id.c_str(), fmt::format("{}: on the stage", plot_of(what).title),
                  "Puts the plot back here, and the wall on the stage.", {},
                  ImGui::GetContentRegionAvail().x))
    ctx.session.post(verbs::stage, name_of(OnStage::wall));
  return true;
}

bool is_plot(OnStage what) {
  return std::ranges::find(kPlots, what, &StagePlot::what) != std::end(kPlots);
}

void draw_stage_plot(UiContext& ctx, Box area) {
  const StagePlot& plot = plot_of(ctx.state.stage);
  const bool picked = ctx.state.picked >= 0 && ctx.state.picked < ctx.now.grid.units();
  ctx.transient.laid = true;
  ctx.transient.laid_end = area.max.y;
  ImGui::SetCursorScreenPos({area.min.x, area.min.y});
  corner_button(ctx, plot.what);
  text(ctx, ctx.fonts.strong, ctx.colours.text, plot.title);
  ImGui::SetCursorScreenPos({area.min.x, area.min.y + ctx.px(24)});
  ImGui::PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y}, true);
  ImGui::BeginGroup();
  if (plot.of_unit && !picked)
    text(ctx, ctx.fonts.text, ctx.colours.faint,
         "No oscillator is picked: put the plot back, and click a pixel of the wall.");
  else
    plot.draw(ctx);
  ImGui::EndGroup();
  ImGui::PopClipRect();
  ctx.transient.laid = false;
}

}  // namespace phaseloom
