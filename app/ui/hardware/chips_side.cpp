// SPDX-License-Identifier: MIT
// Which mismatch the yield can bear, and the numbers of the devices that are shown.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/hardware/chips.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr double kWantedYield = 0.9;  // (*)

void draw_yields(UiContext& ctx, const ChipsSnapshot& chips, float height) {
  const double limit = ctx.scene.chips.limit;
  std::vector<std::pair<double, double>> points;
  for (const ChipPopulation& population : *chips.populations)
    if (const auto yield = yield_of(population.chips, limit))
      points.emplace_back(population.mismatch, 100 * *yield);
  std::ranges::sort(points);
  std::vector<double> x, y;
  for (const auto& [mismatch, yield] : points) {
    x.push_back(mismatch);
    y.push_back(yield);
  }
  double most = std::max(ctx.scene.chips.mismatch, std::ranges::max(ctx.scene.chips.mismatches));
  if (!x.empty()) most = x.back();
  const std::string label = fmt::format("yield (%) at a limit of {:.3g}", limit);
  const Plot plot(ctx, "chips yield", height, {0, 1.08 * most, "mismatch δs", {}, {}},
                  {0, 104, label.c_str(), {}, {}});
  plot.level(100 * kWantedYield, faded(ctx.colours.faint, 0.9f), ctx, "90 %");
  plot.line(x, y, ctx.colours.accent);
  const int shown = shown_mismatch(chips, ctx.state.hardware.mismatch);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool here =
        shown >= 0 && chips.request.mismatches[static_cast<std::size_t>(shown)] == x[i];
    plot.dot(x[i], y[i], here ? ctx.colours.text : ctx.colours.accent, here ? 4 : 3);
  }
  const PlotColumn columns[] = {{"mismatch", x}, {"yield_percent", y}};
  offer_plot(ctx, "chips_yield", "Yield over mismatch", columns);
  hint(ctx,
       "Share of the devices that are good enough, for each mismatch that was tried; the bright "
       "dot is the one that is shown. Dashed: 90 %.");
}

void draw_numbers(UiContext& ctx, const ChipsSnapshot& chips) {
  const double limit = ctx.scene.chips.limit;
  const ChipPopulation* const population = shown_population(ctx, chips);
  const ChipStatistics s = population ? statistics_of(population->chips) : ChipStatistics{};
  const auto yield = population ? yield_of(population->chips, limit) : std::nullopt;
  const auto bearable = bearable_mismatch(*chips.populations, limit, kWantedYield);
  const bool any = s.devices > s.failed;
  const auto relative = [&](int chip) {
    if (chip < 0) return std::string("–");
    const ChipQuality& quality = population->chips[static_cast<std::size_t>(chip)];
    return quality.failed() ? std::string("failed") : fmt::format("{:.4g}", quality.relative);
  };
  fact(ctx, "devices", fmt::format("{}", s.devices), "That are judged, of the mismatch shown.");
  fact(ctx, "yield", yield ? fmt::format("{:.0f} %", 100 * *yield) : "–",
       "Share of them whose relative distance is at most the limit.");
  fact(ctx, "bears a mismatch of", bearable ? fmt::format("{:.3g}", *bearable) : "–",
       "The largest mismatch at which 90 % are good enough, linear between those that were tried; "
       "at most the largest one that was.");
  fact(ctx, "best", relative(s.best), "Smallest relative distance of a device.");
  fact(ctx, "median", relative(s.median), "Half of the devices are better.");
  fact(ctx, "worst", relative(s.worst), "Largest relative distance; failed ones are worse.");
  fact(ctx, "mean", any ? fmt::format("{:.4g} ± {:.2g}", s.mean, s.deviation) : "–",
       "Mean and standard deviation of the relative distance.");
  fact(ctx, "failed", fmt::format("{}", s.failed), "Devices whose runs diverged.");
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.caption, ctx.colours.faint,
       "A distance over few pictures is biased upwards, for all devices alike: compare devices "
       "with each other, and the limit with what the same number of pictures gives elsewhere.");
  ImGui::PopTextWrapPos();
}

}  // namespace

void draw_chips_side(UiContext& ctx) {
  const ChipsSnapshot& chips = chips_of(ctx);
  heading(ctx, "Which mismatch can be borne");
  const float room = ImGui::GetContentRegionAvail().y;
  draw_yields(ctx, chips, std::clamp(std::floor(room * 0.45f), ctx.px(130), ctx.px(360)));
  draw_numbers(ctx, chips);
}

}  // namespace phaseloom
