// SPDX-License-Identifier: MIT
#include "app/ui/thermo/heat_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace phaseloom {

HeatPlot::HeatPlot(const ThermoRunSnapshot& run, HeatMoment moment) : now(moment) {
  constexpr double kRound = 500;  // limits that are seldom others
  double least = 0, most = kRound;
  if (!run.frames.empty()) samples.resize(run.frames.front()->heat.size());
  for (const auto& frame : run.frames) {
    time.push_back(frame->time);
    mean.push_back(std::accumulate(frame->heat.begin(), frame->heat.end(), 0.0) /
                   static_cast<double>(frame->heat.size()));
    for (std::size_t lane = 0; lane < samples.size(); ++lane) {
      samples[lane].push_back(frame->heat[lane]);
      least = std::min(least, frame->heat[lane]);
      most = std::max(most, frame->heat[lane]);
    }
  }
  low = kRound * std::floor(least / kRound);
  high = kRound * std::ceil(most / kRound);
  end = run.duration;
  if (run.other_mean.size() == time.size()) other_mean = run.other_mean;
  label = now.frame < 0 ? fmt::format("heat Q ({})", run.unit())
                        : fmt::format("heat on the wall = {:.0f} {}",
                                      mean[static_cast<std::size_t>(now.frame)], run.unit());
}

void HeatPlot::paint(const UiContext& ctx, const Plot& plot) const {
  for (const auto& sample : samples) plot.line(time, sample, faded(ctx.colours.faint, 0.45f), 1);
  if (!other_mean.empty()) plot.line(time, other_mean, ctx.colours.text, 1.5f);
  plot.line(time, mean, ctx.colours.accent, 2);
  if (now.frame < 0) return;
  const auto at = static_cast<std::size_t>(now.frame);
  plot.vertical(time[at], faded(ctx.colours.text, 0.5f));
  plot.dot(time[at], mean[at], ctx.colours.text);
}

}  // namespace phaseloom
