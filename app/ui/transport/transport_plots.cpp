// SPDX-License-Identifier: MIT
// How the training goes: its loss, and the exact distance to the target.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/document/spoken_names.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {
namespace {

/// Decades around the positive ones of the values.
void decades(std::span<const double> values, double& low, double& high) {
  for (const double v : values) {
    if (!(v > 0) || !std::isfinite(v)) continue;
    while (v < low && low > 1e-9) low /= 10;
    while (v > high && high < 1e9) high *= 10;
  }
}

/// Of the training, or of the one that could be started.
int length_of(const UiContext& ctx) {
  const int own = ctx.transport.iterations;
  return own > 0 ? own : ctx.scene.transport.setup().iterations;
}

void draw_loss(UiContext& ctx, float height) {
  const TransportSnapshot& t = ctx.transport;
  std::vector<double> x, loss;
  for (const LossPoint& p : t.losses) {
    x.push_back(static_cast<double>(p.iteration));
    loss.push_back(p.distance);
  }
  double low = loss.empty() ? 1e-3 : 1e6, high = loss.empty() ? 1 : 1e-6;
  for (const double v : loss) {
    if (!(v > 0) || !std::isfinite(v)) continue;
    low = std::min(low, std::pow(10, std::floor(std::log10(v))));
    high = std::max(high, std::pow(10, std::ceil(std::log10(v))));
  }
  if (!(high > low)) high = 10 * low;
  const std::string label =
      loss.empty() ? std::string("loss (log)")
                   : fmt::format("{} loss = {:.2e} (log)", spoken_loss(t.setup.loss), loss.back());
  const Plot plot(ctx, "transport loss", height, {0, double(length_of(ctx)), "iteration", {}, {}},
                  {low, high, label.c_str(), {}, {}, true});
  note_place(ctx, "transport loss");
  plot.line(x, loss, ctx.colours.accent);
  const PlotColumn columns[] = {{"iteration", x}, {"loss", loss}};
  offer_plot(ctx, "loss", "Loss curve", columns);
  hint(ctx, t.setup.loss == TransportLoss::swd
                ? "Sliced Wasserstein distance between end points and targets, squared; all that "
                  "the training sees is where the points come out."
                : "Mean squared error of the velocity on straight lines; it has a floor, as lines "
                  "cross, and says little of where the points come out.");
}

void draw_distance(UiContext& ctx, float height) {
  const TransportSnapshot& t = ctx.transport;
  std::vector<double> x, w2;
  for (const TransportLook& look : t.curve) {
    x.push_back(look.iteration);
    w2.push_back(look.w2_squared);
  }
  double low = 1e-3, high = 0.1;
  decades(w2, low, high);
  if (std::isfinite(t.look_floor)) decades(std::span(&t.look_floor, 1), low, high);
  const std::string label =
      w2.empty() ? fmt::format("W₂², {} points (log)", kLookPoints)
                 : fmt::format("W₂², {} points = {:.2e} (log)", kLookPoints, w2.back());
  const Plot plot(ctx, "transport distance", height,
                  {0, double(length_of(ctx)), "iteration", {}, {}},
                  {low, high, label.c_str(), {}, {}, true});
  note_place(ctx, "transport distance");
  if (std::isfinite(t.look_floor))
    plot.level(t.look_floor, faded(ctx.colours.faint, 0.9f), ctx, "target against target");
  plot.line(x, w2, ctx.colours.accent);
  for (std::size_t i = 0; i < x.size(); ++i) plot.dot(x[i], w2[i], ctx.colours.accent, 2.5f);
  const PlotColumn columns[] = {{"iteration", x}, {"w2_squared", w2}};
  offer_plot(ctx, "distance", "Distance to the target", columns);
  hint(ctx, fmt::format("Exact squared Wasserstein distance between {} end points and {} points of "
                        "the target that the training has not seen; the dashed line is what as "
                        "many other points of the target have.",
                        kLookPoints, kLookPoints));
}

void draw_facts(UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  const auto number = [](double v) {
    return std::isfinite(v) ? fmt::format("{:.5f}", v) : std::string("–");
  };
  const bool stopped = t.stopped && !t.active() && !std::isfinite(t.w2_squared);
  fact(ctx, "W₂², 2,000 points", stopped ? "not measured" : number(t.w2_squared),
       stopped ? "Measured when a training comes to its end; this one was stopped before."
               : "Exact, between end points and held-out targets, once the training is finished.");
  fact(ctx, "sampling floor", number(t.floor),
       "The same between these targets and another draw of them: no model needs to be better.");
  fact(ctx, "times the floor",
       std::isfinite(t.w2_squared) && t.floor > 0 ? fmt::format("{:.1f} ×", t.w2_squared / t.floor)
                                                  : "–",
       "W₂² over its floor.");
}

}  // namespace

void draw_transport_plots(UiContext& ctx) {
  heading(ctx, "Learning");
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float facts = ctx.px(96);
  const float room = ImGui::GetContentRegionAvail().y - facts;
  const float height = std::floor(std::clamp(room / 2, ctx.px(110), ctx.px(380)));
  draw_distance(ctx, height);
  draw_loss(ctx, height);
  draw_facts(ctx);
  if (!stale_flow(ctx).empty()) draw_stale_since(ctx, from);
}

}  // namespace phaseloom
