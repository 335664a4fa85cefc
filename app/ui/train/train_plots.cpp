// SPDX-License-Identifier: MIT
// How the training goes: what the critic says, what the Fréchet distance says, and the facts.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/train/train.hpp"

namespace phaseloom {
namespace {

/// Where the curves of a training of this length end: a round number, so that the axis seldom
/// moves.
double axis_end(std::int64_t iteration) {
  double end = 100;
  for (int i = 0; end < static_cast<double>(iteration); ++i) end *= i % 3 == 1 ? 2.5 : 2;
  return end;
}

/// Round limits around nearly all of the values: the storm of the first iterations may leave them.
void robust_limits(std::vector<double> values, double& low, double& high) {
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  if (values.empty()) return;
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
  };
  low = std::min(low, at(0.03));
  high = std::max(high, at(0.97));
  const double step = std::pow(10, std::floor(std::log10(std::max(high - low, 1e-9))));
  low = std::floor(low / step * 2) * step / 2;
  high = std::ceil(high / step * 2) * step / 2;
}

void draw_losses(UiContext& ctx, float height) {
  const auto& points = ctx.training.losses;
  std::vector<double> x, distance, objective;
  for (const LossPoint& p : points) {
    x.push_back(static_cast<double>(p.iteration));
    distance.push_back(p.distance);
    objective.push_back(p.objective);
  }
  double low = 0, high = 1;
  robust_limits(distance, low, high);
  if (!distance.empty()) high = std::max(high, 1.05 * distance.back());
  robust_limits(objective, low, high);
  const bool critic = info(ctx.training.setup.loss).has_critic;
  const char* const name = critic ? "critic's distance W" : "distance of features";
  const std::string label =
      points.empty() ? std::string(name) : fmt::format("{} = {:.3g}", name, distance.back());
  const Plot plot(ctx, "losses", height, {0, axis_end(ctx.training.iteration), "iteration", {}, {}},
                  {low, high, label.c_str(), {}, {}});
  note_place(ctx, "losses");
  plot.line(x, objective, faded(ctx.colours.faint, 0.8f), 1);
  plot.line(x, distance, ctx.colours.accent);
  if (!points.empty()) plot.dot(x.back(), distance.back(), ctx.colours.text);
  const PlotColumn columns[] = {{"iteration", x}, {"distance", distance}, {"objective", objective}};
  offer_plot(ctx, "loss", "Loss curves", columns);
  hint(ctx, critic
                ? "Blue: W = mean D(real) − mean D(generated), how far apart the critic D finds "
                  "them; it falls as the pictures get better. Grey: what the network descends, "
                  "−mean D(generated)."
                : "Blue: how far generated pictures are from real ones, as the loss measures it. "
                  "Grey: what the network descends.");
}

void draw_quality(UiContext& ctx, float height) {
  const TrainingSnapshot& t = ctx.training;
  std::vector<double> x, fcd_rk4, fcd_training;
  for (const QualityPoint& p : t.curve) {
    if (!std::isfinite(p.fcd_rk4)) continue;
    x.push_back(static_cast<double>(p.iteration));
    fcd_rk4.push_back(p.fcd_rk4);
    fcd_training.push_back(p.fcd_training);
  }
  double low = 1, high = 1000;
  const auto widen = [&](double value) {
    if (!(value > 0)) return;
    while (value < low) low /= 10;
    while (value > high) high *= 10;
  };
  for (const double v : fcd_rk4) widen(v);
  for (const double v : fcd_training) widen(v);
  const std::string label = fcd_rk4.empty()
                                ? "Fréchet distance (log)"
                                : fmt::format("Fréchet distance = {:.1f} (log)", fcd_rk4.back());
  const Plot plot(ctx, "quality", height, {0, axis_end(t.iteration), "iteration", {}, {}},
                  {low, high, label.c_str(), {}, {}, true});
  note_place(ctx, "quality");
  if (std::isfinite(t.floor)) plot.level(t.floor, faded(ctx.colours.faint, 0.9f), ctx, "real");
  plot.line(x, fcd_training, faded(ctx.colours.faint, 0.8f), 1);
  plot.line(x, fcd_rk4, ctx.colours.accent);
  for (std::size_t i = 0; i < x.size(); ++i) plot.dot(x[i], fcd_rk4[i], ctx.colours.accent, 2.5f);
  if (t.has_best && std::isfinite(t.best))
    plot.dot(static_cast<double>(t.best_iteration), t.best, ctx.colours.text, 3.5f);
  const PlotColumn columns[] = {
      {"iteration", x}, {"frechet_distance", fcd_rk4}, {"frechet_distance_3_steps", fcd_training}};
  offer_plot(ctx, "distance", "Fréchet distance", columns);
  if (fcd_rk4.empty()) {
    const char* const words = t.note.empty()                             ? "measured now and then"
                              : t.state == TrainingSnapshot::State::idle ? ""
                                                                         : "not measured";
    const float width = text_width(ctx.fonts.caption, words);
    draw_text(plot.list(), ctx.fonts.caption,
              {(plot.min().x + plot.max().x - width) / 2,
               (plot.min().y + plot.max().y - ctx.fonts.caption->FontSize) / 2},
              ctx.colours.disabled, words);
  }
  hint(ctx,
       "Fréchet classifier distance of generated pictures to the test set; less is better, the "
       "dashed line is what real pictures have. Blue: by the differential equation itself (RK4, 8 "
       "steps per chunk). Grey: with 3 steps per chunk, as the wall is drawn. White: the best so "
       "far.");
}

void draw_facts(UiContext& ctx) {
  const TrainingSnapshot& t = ctx.training;
  const auto number = [](double value) {
    return std::isfinite(value) ? fmt::format("{:.1f}", value) : std::string("–");
  };
  fact(ctx, "best distance", number(t.best),
       "The least Fréchet distance so far; this network is kept.");
  fact(ctx, "at iteration", t.best_iteration > 0 ? grouped(t.best_iteration) : "–",
       "When it was reached.");
  fact(ctx, "real pictures", number(t.floor),
       "Distance of as many real training pictures: no generator needs to be better.");
  fact(ctx, "samples seen", t.iteration > 0 ? grouped(t.iteration * t.batch) : "–",
       "Generated and judged so far: iterations × batch.");
  if (t.rollbacks > 0)
    fact(ctx, "went back", fmt::format("{} ×", t.rollbacks),
         "It diverged so often; each time it went back to a good moment and took smaller steps.");
  if (!t.trouble.empty()) {
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.warning, t.trouble);
    ImGui::PopTextWrapPos();
  }
  if (!t.note.empty()) {
    ImGui::Dummy({0, ctx.px(2)});
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.warning, t.note);
    ImGui::PopTextWrapPos();
  }
  if (!t.kept.empty()) {
    ImGui::Dummy({0, ctx.px(2)});
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.faint, "Kept: " + t.kept);
    ImGui::PopTextWrapPos();
  }
}

}  // namespace

void draw_train_plots(UiContext& ctx) {
  heading(ctx, "Learning");
  const ImVec2 from = ImGui::GetCursorScreenPos();
  // The plots share what the facts leave.
  const float facts = ctx.px(114.0f + (ctx.training.note.empty() ? 0.0f : 60.0f) +
                             (ctx.training.kept.empty() ? 0.0f : 40.0f) +
                             (ctx.training.trouble.empty() ? 0.0f : 40.0f) +
                             (ctx.training.rollbacks > 0 ? 26.0f : 0.0f));
  const float room = ImGui::GetContentRegionAvail().y - facts;
  const float height = std::floor(std::clamp(room / 2, ctx.px(120), ctx.px(420)));
  draw_losses(ctx, height);
  draw_quality(ctx, height);
  draw_facts(ctx);
  if (!stale_training(ctx).empty()) draw_stale_since(ctx, from);
}

}  // namespace phaseloom
