// SPDX-License-Identifier: MIT
// The heat meter, the histogram of heat, what a unit does, how the training goes, and the counts.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "app/document/si_text.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"
#include "engine/thermo/heat.hpp"

namespace phaseloom {
namespace {

/// Published mean heats of this set-up, in kT: [WD], derived from 5.6 % = 7.68 E0 between its
/// rules, and [GTC].
struct PublishedHeat {
  double kt;
  const char* who;
};
constexpr PublishedHeat kPublished[] = {{1370, "[WD]"}, {2900, "[GTC]"}};

/// A round limit that is seldom another one.
double round_up(double value, double step) { return step * std::ceil(value / step); }

void draw_meter(UiContext& ctx, const ThermoRunSnapshot& run, float height) {
  std::vector<double> time, mean;
  for (const auto& frame : run.frames) {
    time.push_back(frame->time);
    mean.push_back(std::accumulate(frame->heat.begin(), frame->heat.end(), 0.0) /
                   static_cast<double>(frame->heat.size()));
  }
  double low = 0, high = 500;
  for (const auto& frame : run.frames) {
    const auto [least, most] = std::ranges::minmax(frame->heat);
    low = std::min(low, least);
    high = std::max(high, most);
  }
  const double end = time.empty() || !run.model ? 1 : heated_duration(run.model->program);
  const HeatMoment now = moment_of(ctx, run);
  const std::string label =
      now.frame < 0 ? fmt::format("heat Q ({})", run.unit())
                    : fmt::format("heat on the wall = {:.0f} {}",
                                  mean[static_cast<std::size_t>(now.frame)], run.unit());
  const Plot plot(ctx, "heat", height, {0, end, "t (1/μE₀)", {}, {}},
                  {-round_up(-low, 500), round_up(high, 500), label.c_str(), {}, {}});
  note_place(ctx, "heat");
  for (std::size_t lane = 0; !run.frames.empty() && lane < run.frames[0]->heat.size(); ++lane) {
    std::vector<double> own;
    for (const auto& frame : run.frames) own.push_back(frame->heat[lane]);
    plot.line(time, own, faded(ctx.colours.faint, 0.45f), 1);
  }
  plot.line(time, mean, ctx.colours.accent, 2);
  if (now.frame >= 0) {
    const auto at = static_cast<std::size_t>(now.frame);
    plot.vertical(time[at], faded(ctx.colours.text, 0.5f));
    plot.dot(time[at], mean[at], ctx.colours.text);
  }
  const PlotColumn columns[] = {{"t", time}, {"mean_heat_kT", mean}};
  offer_plot(ctx, "heat", "Heat over time", columns);
  hint(ctx,
       "Heat that each sample has given off to the bath since the couplings were switched on, "
       "Q = V(x(0)) − V(x(t)); the mean is bold.");
}

void draw_heats(UiContext& ctx, const ThermoRunSnapshot& run, float height) {
  double low = 0, high = run.request.temperature > 0 ? 3200 : 200;
  for (const double heat : run.heat) {
    low = std::min(low, heat);
    high = std::max(high, heat);
  }
  low = -round_up(-low, 200);
  high = round_up(high, 200);
  constexpr int kBins = 40;
  std::vector<double> counts(kBins, 0), centres, edges;
  for (int i = 0; i <= kBins; ++i) edges.push_back(low + (high - low) * i / kBins);
  for (int i = 0; i < kBins; ++i)
    centres.push_back(
        (edges[static_cast<std::size_t>(i)] + edges[static_cast<std::size_t>(i) + 1]) / 2);
  for (const double heat : run.heat)
    ++counts[static_cast<std::size_t>(
        std::clamp(static_cast<int>((heat - low) / (high - low) * kBins), 0, kBins - 1))];
  const double top = std::max(5.0, 1.15 * *std::ranges::max_element(counts));
  const auto counts_of = static_cast<std::int64_t>(run.heat.size());
  const std::string label = run.heat.empty()
                                ? std::string("samples")
                                : fmt::format("{}; mean {:.0f} {}", counted(counts_of, "sample"),
                                              run.summary.mean, run.unit());
  const std::string axis = fmt::format("heat Q ({})", run.unit());
  const Plot plot(ctx, "heats", height, {low, high, axis.c_str(), {}, {}},
                  {0, top, label.c_str(), {}, {}});
  note_place(ctx, "heats");
  plot.bars(edges, counts, ctx.colours.accent);
  // They are of kT = 0.1 E0; at other temperatures they only stand for scale.
  const bool comparable = run.request.temperature == ThermoSetup().temperature;
  const ImU32 colour = comparable ? ctx.colours.warning : ctx.colours.disabled;
  for (const PublishedHeat& known : kPublished) {
    if (run.request.temperature <= 0) break;
    plot.vertical(known.kt, colour);
    const ImVec2 at = plot.at(known.kt, top);
    draw_text(plot.list(), ctx.fonts.caption, {at.x + ctx.px(4), at.y + ctx.px(2)}, colour,
              known.who);
  }
  if (!run.heat.empty()) plot.vertical(run.summary.mean, ctx.colours.text);
  const PlotColumn columns[] = {{"heat_kT", centres}, {"samples", counts}};
  offer_plot(ctx, "heats", "Histogram of heat", columns);
  hint(ctx,
       "Heat of the samples that were counted. White: their mean. Lines: published means of this "
       "set-up, 1.37e3 kT (derived from [WD]) and 2.9e3 kT ([GTC]); they do not agree with each "
       "other.");
}

/// States of all hidden units at the moment that is shown, against what heat alone would make of
/// them: exp(−V/kT) of a unit that is coupled to nothing.
void draw_units(UiContext& ctx, const ThermoRunSnapshot& run, float height) {
  constexpr int kBins = 48;
  constexpr double kRange = 1.5;
  std::vector<double> shares(kBins, 0), theory(kBins, 0), centres;
  for (int i = 0; i < kBins; ++i) centres.push_back(-kRange + 2 * kRange * (i + 0.5) / kBins);
  const HeatMoment now = moment_of(ctx, run);
  if (now.frame >= 0 && run.model) {
    const Program& program = run.model->program;
    const auto lanes = static_cast<std::size_t>(run.request.lanes);
    const auto& state = *run.frames[static_cast<std::size_t>(now.frame)]->state;
    const std::size_t first = static_cast<std::size_t>(program.topology->visible()) * lanes;
    for (std::size_t k = first; k < state.size(); ++k)
      shares[static_cast<std::size_t>(std::clamp(
          static_cast<int>((double(state[k]) / kRange + 1) / 2 * kBins), 0, kBins - 1))] += 1;
    for (double& share : shares) share /= std::max(1.0, double(state.size() - first));
    const double j2 = double(program.unit_values(0, 0)[0]),
                 j4 = double(program.unit_values(0, 1)[0]);
    const double kt = run.request.temperature;
    double sum = 0;
    for (std::size_t i = 0; i < theory.size(); ++i) {
      const double x = centres[i];
      theory[i] = kt > 0 ? std::exp(-(j2 * x * x + j4 * x * x * x * x) / kt) : 0;
      sum += theory[i];
    }
    for (double& share : theory) share /= std::max(sum, 1e-12);
  }
  const double top = std::max(
      0.05, 1.2 * std::max(*std::ranges::max_element(shares), *std::ranges::max_element(theory)));
  const Plot plot(ctx, "units", height, {-kRange, kRange, "x", {}, {}},
                  {0, round_up(top, 0.05), "share of hidden units; line: heat alone", {}, {}});
  note_place(ctx, "units");
  for (int i = 0; i < kBins; ++i)
    plot.bar(-kRange + 2 * kRange * i / kBins, -kRange + 2 * kRange * (i + 1) / kBins,
             shares[static_cast<std::size_t>(i)], ctx.colours.accent);
  plot.line(centres, theory, ctx.colours.text);
  const PlotColumn columns[] = {{"x", centres}, {"share", shares}, {"theory", theory}};
  offer_plot(ctx, "units", "States of hidden units", columns);
  hint(
      ctx,
      "States of all hidden units of all samples at this moment. White: exp(−V/kT) of a unit "
      "alone, J₂x² + J₄x⁴. At the beginning the two agree: thermal equilibrium. Then the couplings "
      "take over.");
}

void draw_trace(UiContext& ctx, const ThermoRunSnapshot& run, float height) {
  const int unit = ctx.state.thermo.picked;
  const auto lanes = static_cast<std::size_t>(run.request.lanes);
  std::vector<double> time;
  std::vector<std::vector<double>> states(std::min<std::size_t>(lanes, 16));
  double range = 1;
  for (const auto& frame : run.frames) {
    if ((static_cast<std::size_t>(unit) + 1) * lanes > frame->state->size()) return;
    time.push_back(frame->time);
    for (std::size_t lane = 0; lane < states.size(); ++lane) {
      const double x = (*frame->state)[static_cast<std::size_t>(unit) * lanes + lane];
      states[lane].push_back(x);
      range = std::max(range, std::abs(x));
    }
  }
  const double end = time.empty() || !run.model ? 1 : heated_duration(run.model->program);
  const int visible = run.model ? run.model->program.topology->visible() : 0;
  const std::string label = unit >= visible ? fmt::format("x of hidden unit {}", unit - visible)
                                            : fmt::format("x of unit {}", unit);
  const Plot plot(ctx, "unit trace", height, {0, end, "t (1/μE₀)", {}, {}},
                  {-round_up(range, 0.5), round_up(range, 0.5), label.c_str(), {}, {}});
  note_place(ctx, "unit trace");
  for (std::size_t lane = states.size(); lane-- > 0;)
    plot.line(time, states[lane], lane == 0 ? ctx.colours.accent : faded(ctx.colours.faint, 0.45f),
              lane == 0 ? 1.5f : 1.0f);
  hint(ctx,
       "State of the unit that is followed, in each sample; blue: sample 0. Escape lets it go.");
}

void draw_loss(UiContext& ctx, const ThermoTrainingSnapshot& t, float height) {
  const auto points = [](const ThermoCurve& curve, std::vector<double>& x, std::vector<double>& y) {
    for (const ThermoReport& report : curve.reports) {
      x.push_back(report.cycle);
      y.push_back(report.loss);
    }
  };
  std::vector<double> x, y, x_before, y_before;
  points(t.curve, x, y);
  if (t.before) points(*t.before, x_before, y_before);
  double high = 0.505;
  for (const auto* values : {&y, &y_before})
    for (const double v : *values) high = std::max(high, std::min(v, 0.55));
  const std::string label = y.empty()
                                ? std::string("loss")
                                : fmt::format("loss = {:.5f}, {}", y.back(), name_of(t.curve.rule));
  const Plot plot(ctx, "thermo loss", height,
                  {0, std::max(10.0, double(t.experiment.cycles)), "cycle", {}, {}},
                  {0.498, round_up(high, 0.002), label.c_str(), {}, {}});
  note_place(ctx, "thermo loss");
  plot.level(0.5, faded(ctx.colours.faint, 0.9f), ctx, "noise alone");
  plot.line(x_before, y_before, faded(ctx.colours.faint, 0.8f), 1);
  plot.line(x, y, ctx.colours.accent);
  if (!x.empty()) plot.dot(x.back(), y.back(), ctx.colours.text);
  const PlotColumn columns[] = {{"cycle", x}, {"loss", y}};
  offer_plot(ctx, "thermo_loss", "Loss of the training", columns);
  hint(ctx,
       "−ln P that the computer runs the noising backwards, per step and unit: 1/2 is left where "
       "its forces explain all but the noise. Grey: the training before, on the same noise if the "
       "seed is the same.");
}

void draw_counts(UiContext& ctx, const ThermoRunSnapshot& run) {
  const auto of_all = [&](int n) {
    return run.judged > 0 ? fmt::format("{} of {}", n, run.judged) : std::string("–");
  };
  const bool any = !run.heat.empty();
  fact(ctx, "mean heat", any ? fmt::format("{:.0f} {}", run.summary.mean, run.unit()) : "–",
       "Mean heat of the samples that were counted.");
  fact(ctx, "spread", any ? fmt::format("{:.0f} {}", run.summary.deviation, run.unit()) : "–",
       "Standard deviation of the samples' heat.");
  fact(ctx, "on light ground", of_all(run.judgement.light_ground),
       "Pictures whose rim is brighter than what it encloses: negatives. Without visible biases a "
       "picture and its negative have nearly the same energy.");
  fact(ctx, "mixed", of_all(run.judgement.mixed),
       "Pictures that are read as no digit with a confidence above 0.9, nor are their negatives: "
       "mixtures of prototypes.");
  std::string classes;
  for (std::size_t k = 0; k < run.judgement.classes.size(); ++k)
    if (run.judgement.classes[k] > 0)
      classes += fmt::format("{}{}: {}", classes.empty() ? "" : "  ", k, run.judgement.classes[k]);
  fact(ctx, "read as", run.judged > 0 ? classes : "–",
       "What a classifier reads in the pictures, each stretched between its 2nd and 98th "
       "percentile. "
       "It has never seen negatives or mixtures, and is sure of most all the same: a number to "
       "compare runs by, not what the eye sees.");
  if (!run.unreadable.empty()) {
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.warning, legible(run.unreadable));
    ImGui::PopTextWrapPos();
  }
}

}  // namespace

void draw_thermo_plots(UiContext& ctx) {
  const ThermoPart& part = ctx.session.part<ThermoPart>();
  const ThermoRunSnapshot& run = *part.run();
  const ThermoTrainingSnapshot& t = *part.training();
  heading(ctx, "Heat");
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const bool trained = !t.curve.reports.empty() || t.active();
  const bool followed = ctx.state.thermo.picked >= 0;
  const float facts = ctx.px(150);
  const int plots = 3 + (trained ? 1 : 0) + (followed ? 1 : 0);
  const float room = ImGui::GetContentRegionAvail().y - facts;
  const float height =
      std::floor(std::clamp(room / static_cast<float>(plots), ctx.px(88), ctx.px(300)));
  draw_meter(ctx, run, height);
  draw_heats(ctx, run, height);
  if (followed) draw_trace(ctx, run, height);
  draw_units(ctx, run, height);
  if (trained) draw_loss(ctx, t, height);
  draw_counts(ctx, run);
  if (!stale_run(ctx, run).empty()) draw_stale_since(ctx, from);
}

}  // namespace phaseloom
