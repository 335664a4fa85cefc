// SPDX-License-Identifier: MIT
// The heat meter, the histogram of heat, what a unit does, how the training goes, and the counts.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/document/si_text.hpp"
#include "app/ui/thermo/heat_plot.hpp"
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
  const HeatPlot heat(run, moment_of(ctx, run));
  const Plot plot(ctx, "heat", height, heat.x(), heat.y());
  heat.paint(ctx, plot);
  const std::string column = "mean_" + run.heat_column();
  const PlotColumn columns[] = {{"t", heat.time}, {column, heat.mean}};
  offer_plot(ctx, "heat", "Heat over time", columns);
  hint(ctx,
       "Heat that each sample has given off to the bath since the couplings were switched on, "
       "Q = V(x(0)) − V(x(t)); the mean is bold. White, where both rules were trained: the mean of "
       "the other's, on the same noise.");
}

void draw_heats(UiContext& ctx, const ThermoRunSnapshot& run, float height) {
  double low = 0, high = run.request.temperature > 0 ? 3200 : 200;
  for (const auto* all : {&run.counts.heat, &run.other.heat})
    for (const double heat : *all) {
      low = std::min(low, heat);
      high = std::max(high, heat);
    }
  low = -round_up(-low, 200);
  high = round_up(high, 200);
  constexpr int kBins = 40;
  std::vector<double> centres, edges;
  for (int i = 0; i <= kBins; ++i) edges.push_back(low + (high - low) * i / kBins);
  for (int i = 0; i < kBins; ++i)
    centres.push_back(
        (edges[static_cast<std::size_t>(i)] + edges[static_cast<std::size_t>(i) + 1]) / 2);
  const auto histogram = [&](const std::vector<double>& all) {
    std::vector<double> bins(kBins, 0);
    for (const double heat : all)
      ++bins[static_cast<std::size_t>(
          std::clamp(static_cast<int>((heat - low) / (high - low) * kBins), 0, kBins - 1))];
    return bins;
  };
  const std::vector<double> counts = histogram(run.counts.heat), other = histogram(run.other.heat);
  const double top = std::max(
      {5.0, 1.15 * *std::ranges::max_element(counts), 1.15 * *std::ranges::max_element(other)});
  const auto counts_of = static_cast<std::int64_t>(run.counts.heat.size());
  const std::string label = run.counts.heat.empty()
                                ? std::string("samples")
                                : fmt::format("{}; mean {:.0f} {}", counted(counts_of, "sample"),
                                              run.counts.summary.mean, run.unit());
  const std::string axis = fmt::format("heat Q ({})", run.unit());
  const Plot plot(ctx, "heats", height, {low, high, axis.c_str(), {}, {}},
                  {0, top, label.c_str(), {}, {}});
  plot.bars(edges, counts, ctx.colours.accent);
  if (!run.other.heat.empty()) {
    std::vector<double> x, y;
    for (std::size_t i = 0; i < other.size(); ++i) {
      x.insert(x.end(), {edges[i], edges[i + 1]});
      y.insert(y.end(), {other[i], other[i]});
    }
    plot.line(x, y, ctx.colours.text, 1.5f);
  }
  // They are of kT = 0.1 E0; at other temperatures they only stand for scale.
  const bool comparable = run.request.temperature == ThermoSetup().temperature;
  const ImU32 colour = comparable ? ctx.colours.warning : ctx.colours.disabled;
  // Of a computer that gives off far more they say nothing, and would lie upon each other.
  constexpr double kMost = 5 * kPublished[1].kt;
  for (const PublishedHeat& known : kPublished) {
    if (run.request.temperature <= 0 || high > kMost) break;
    plot.vertical(known.kt, colour);
    const ImVec2 at = plot.at(known.kt, top);
    const float width = text_width(ctx.fonts.caption, known.who), gap = ctx.px(4);
    const bool fits = at.x + gap + width <= plot.max().x;  // else it stands on the left
    draw_text(plot.list(), ctx.fonts.caption,
              {fits ? at.x + gap : at.x - gap - width, at.y + ctx.px(2)}, colour, known.who);
  }
  if (!run.counts.heat.empty()) plot.vertical(run.counts.summary.mean, ctx.colours.text);
  const std::string column = run.heat_column();
  const PlotColumn columns[] = {{column, centres}, {"samples", counts}, {"other_rule", other}};
  const std::size_t shown = run.other.heat.empty() ? 2 : 3;
  offer_plot(ctx, "heats", "Histogram of heat", std::span(columns).first(shown));
  hint(ctx,
       "Heat of the samples that were counted. White: their mean. Lines: published means of this "
       "set-up, 1.37e3 kT (derived from [WD]) and 2.9e3 kT ([GTC]); they do not agree with each "
       "other. The white outline is the other rule's, where both were trained.");
}

constexpr int kUnitBins = 48;
constexpr double kUnitRange = 1.5;
double unit_centre(int bin) { return -kUnitRange + 2 * kUnitRange * (bin + 0.5) / kUnitBins; }

/// What heat alone makes of the hidden units: exp(−V/kT) of each in its own potential, averaged.
struct UnitTheory {
  std::shared_ptr<const Model> model;
  double kt = -1;
  std::vector<double> shares;

  void find(const std::shared_ptr<const Model>& of, double temperature) {
    if (model == of && kt == temperature) return;
    model = of;
    kt = temperature;
    shares.assign(kUnitBins, 0);
    if (!(kt > 0)) return;
    const Program& program = model->program;
    const Topology& t = *program.topology;
    for (int unit = t.visible(); unit < t.first_label(); ++unit) {
      const auto i = static_cast<std::size_t>(unit);
      const double j2 = double(program.unit_values(0, 0)[i]),
                   j4 = double(program.unit_values(0, 1)[i]),
                   b = double(program.unit_values(0, 2)[i]);
      std::array<double, kUnitBins> own{};
      double sum = 0;
      for (int k = 0; k < kUnitBins; ++k) {
        const double x = unit_centre(k);
        sum += own[static_cast<std::size_t>(k)] = std::exp(-x * (x * (j2 + j4 * x * x) + b) / kt);
      }
      for (std::size_t k = 0; k < own.size(); ++k)
        shares[k] += own[k] / std::max(sum, 1e-12) / t.hidden();
    }
  }
};

/// States of all hidden units at the moment that is shown, against what heat alone would make of
/// them.
void draw_units(UiContext& ctx, const ThermoRunSnapshot& run, float height) {
  constexpr int kBins = kUnitBins;
  constexpr double kRange = kUnitRange;
  std::vector<double> shares(kBins, 0), theory(kBins, 0), centres;
  for (int i = 0; i < kBins; ++i) centres.push_back(unit_centre(i));
  const HeatMoment now = moment_of(ctx, run);
  if (now.frame >= 0 && run.model) {
    const Program& program = run.model->program;
    const auto lanes = static_cast<std::size_t>(run.request.lanes);
    const auto& state = *run.frames[static_cast<std::size_t>(now.frame)]->state;
    const std::size_t first = static_cast<std::size_t>(program.topology->visible()) * lanes;
    const std::size_t end = static_cast<std::size_t>(program.topology->first_label()) * lanes;
    for (std::size_t k = first; k < end; ++k)
      shares[static_cast<std::size_t>(std::clamp(
          static_cast<int>((double(state[k]) / kRange + 1) / 2 * kBins), 0, kBins - 1))] += 1;
    for (double& share : shares) share /= std::max(1.0, double(end - first));
    UnitTheory& heat_alone = ctx.kept<UnitTheory>();
    heat_alone.find(run.model, run.request.temperature);
    theory = heat_alone.shares;
  }
  const double top = std::max(
      0.05, 1.2 * std::max(*std::ranges::max_element(shares), *std::ranges::max_element(theory)));
  const Plot plot(ctx, "units", height, {-kRange, kRange, "x", {}, {}},
                  {0, round_up(top, 0.05), "share of hidden units; line: heat alone", {}, {}});
  for (int i = 0; i < kBins; ++i)
    plot.bar(-kRange + 2 * kRange * i / kBins, -kRange + 2 * kRange * (i + 1) / kBins,
             shares[static_cast<std::size_t>(i)], ctx.colours.accent);
  plot.line(centres, theory, ctx.colours.text);
  const PlotColumn columns[] = {{"x", centres}, {"share", shares}, {"theory", theory}};
  offer_plot(ctx, "units", "States of hidden units", columns);
  hint(ctx,
       "States of all hidden units of all samples at this moment. White: exp(−V/kT) of a unit "
       "alone in its potential. At the beginning the two agree: thermal equilibrium. Then the "
       "couplings "
       "take over.");
}

/// Samples whose traces are drawn: the first ones, so that there is something to see, and the one
/// that is seen enlarged, which comes first.
std::vector<int> traced_samples(const UiContext& ctx, const ThermoRunSnapshot& run) {
  constexpr int kMost = 16;
  std::vector<int> samples{chosen_sample(ctx.state.thermo, run)};
  for (int lane = 0; lane < std::min(run.request.lanes, kMost); ++lane)
    if (lane != samples.front()) samples.push_back(lane);
  return samples;
}

void draw_trace(UiContext& ctx, const ThermoRunSnapshot& run, float height) {
  const int unit = ctx.state.thermo.picked;
  const auto lanes = static_cast<std::size_t>(run.request.lanes);
  const std::vector<int> samples = traced_samples(ctx, run);
  std::vector<double> time;
  std::vector<std::vector<double>> states(samples.size());
  double range = 1;
  for (const auto& frame : run.frames) {
    if ((static_cast<std::size_t>(unit) + 1) * lanes > frame->state->size()) return;
    time.push_back(frame->time);
    for (std::size_t k = 0; k < samples.size(); ++k) {
      const double x = (*frame->state)[static_cast<std::size_t>(unit) * lanes +
                                       static_cast<std::size_t>(samples[k])];
      states[k].push_back(x);
      range = std::max(range, std::abs(x));
    }
  }
  const double end = run.duration;
  const int visible = run.model ? run.model->program.topology->visible() : 0;
  const std::string label = unit >= visible ? fmt::format("x of hidden unit {}", unit - visible)
                                            : fmt::format("x of unit {}", unit);
  const Plot plot(ctx, "unit trace", height, {0, end, "t (1/μE₀)", {}, {}},
                  {-round_up(range, 0.5), round_up(range, 0.5), label.c_str(), {}, {}});
  for (std::size_t k = states.size(); k-- > 0;)
    plot.line(time, states[k], k == 0 ? ctx.colours.accent : faded(ctx.colours.faint, 0.45f),
              k == 0 ? 1.5f : 1.0f);
  std::vector<std::string> names;
  for (const int sample : samples) names.push_back(fmt::format("x_sample{}", sample));
  std::vector<PlotColumn> columns{{"t", time}};
  for (std::size_t k = 0; k < states.size(); ++k) columns.push_back({names[k], states[k]});
  offer_plot(ctx, "unit_trace", "State of the unit that is followed", columns);
  hint(ctx, fmt::format("State of the unit that is followed, in each sample; blue: sample {}. "
                        "Escape lets it go.",
                        samples.front()));
}

void draw_loss(UiContext& ctx, const ThermoTrainingSnapshot& t, float height) {
  const auto points = [](const ThermoCurve& curve, std::vector<double>& x, std::vector<double>& y) {
    for (const ThermoReport& report : curve.reports) {
      x.push_back(report.cycle);
      y.push_back(report.loss);
    }
  };
  std::vector<double> x, y, x_other, y_other, x_before, y_before;
  points(t.learner.curve, x, y);
  if (t.other) points(t.other->curve, x_other, y_other);
  if (t.before) points(*t.before, x_before, y_before);
  double high = 0.505;
  for (const auto* values : {&y, &y_other, &y_before})
    for (const double v : *values) high = std::max(high, std::min(v, 0.55));
  const std::string label =
      y.empty() ? std::string("loss")
                : fmt::format("loss = {:.5f}, {}", y.back(), name_of(t.learner.curve.rule));
  const Plot plot(ctx, "thermo loss", height,
                  {0, std::max(10.0, double(t.experiment.cycles)), "cycle", {}, {}},
                  {0.498, round_up(high, 0.002), label.c_str(), {}, {}});
  plot.level(0.5, faded(ctx.colours.faint, 0.9f), ctx, "noise alone");
  plot.line(x_before, y_before, faded(ctx.colours.faint, 0.8f), 1);
  plot.line(x_other, y_other, ctx.colours.text, 1.5f);
  plot.line(x, y, ctx.colours.accent);
  if (!x.empty()) plot.dot(x.back(), y.back(), ctx.colours.text);
  const PlotColumn columns[] = {{"cycle", x}, {"loss", y}, {"other_rule", y_other}};
  const std::size_t rules = y_other.size() == y.size() ? 3 : 2;
  offer_plot(ctx, "thermo_loss", "Loss of the training", std::span(columns).first(rules));
  hint(ctx,
       "−ln P that the computer runs the noising backwards, per step and unit: 1/2 is left where "
       "its forces explain all but the noise. White: the other rule, on the same noise, where both "
       "are trained. Grey: the training before, on the same noise if the seed is the same.");
}

/// "3 of 200".
std::string share_of(int part, int all) {
  return all > 0 ? fmt::format("{} of {}", part, all) : std::string("–");
}

/// Failures, by what is in the pictures.
void draw_overlaps(UiContext& ctx, const ThermoRunSnapshot& run) {
  const OverlapCounts& counts = run.counts.overlaps;
  const auto names = run.prototypes->names();
  std::string made_of;
  for (std::size_t k = 0; k < counts.strongest.size(); ++k) {
    // The data set's name is the same for all.
    const std::string& name = names[k];
    const auto blank = name.rfind(' ');
    made_of += fmt::format("{}{}: {}", made_of.empty() ? "" : "  ",
                           blank == std::string::npos ? name : name.substr(blank + 1),
                           counts.strongest[k]);
  }
  fact(ctx, "negatives", share_of(counts.negatives, counts.pictures),
       "Pictures in which the prototype that is strongest has its sign turned. Without visible "
       "biases a picture and its negative have nearly the same energy.");
  fact(ctx, "mixtures", share_of(counts.mixtures, counts.pictures),
       "Pictures in which a second prototype is more than half as strong as the first.");
  fact(ctx, "strongest", legible(made_of),
       "How many pictures hold most of which prototype: coefficients by least squares.");
}

/// The two rules' heat on the same noise.
void draw_comparison(UiContext& ctx, const ThermoRunSnapshot& run) {
  const bool other_is_online = run.request.rule == ThermoRule::batch;
  const auto& online = other_is_online ? run.other.heat : run.counts.heat;
  const auto& batch = other_is_online ? run.counts.heat : run.other.heat;
  std::string words = "–";
  if (std::min(online.size(), batch.size()) > 1) {
    const PairedDifference d = paired_difference(batch, online);
    words = fmt::format("{:+.1f} ± {:.1f} %", 100 * d.mean, 100 * d.standard_error);
  }
  fact(ctx, "online to batch", words,
       "How much more heat the online rule's network gives off than the batch rule's, on the same "
       "noise, with its standard error; −5.6 % in [WD].");
}

void draw_counts(UiContext& ctx, const ThermoRunSnapshot& run) {
  const ThermoCounts& counts = run.counts;
  const auto of_all = [&](int n) { return share_of(n, counts.judged); };
  const bool any = !counts.heat.empty();
  fact(ctx, "mean heat", any ? fmt::format("{:.0f} {}", counts.summary.mean, run.unit()) : "–",
       "Mean heat of the samples that were counted.");
  fact(ctx, "spread", any ? fmt::format("{:.0f} {}", counts.summary.deviation, run.unit()) : "–",
       "Standard deviation of the samples' heat.");
  if (run.request.other) draw_comparison(ctx, run);
  if (counts.overlaps.pictures > 0 && run.prototypes) return draw_overlaps(ctx, run);
  fact(ctx, "on light ground", of_all(counts.judgement.light_ground),
       "Pictures whose rim is brighter than what it encloses: negatives. Without visible biases a "
       "picture and its negative have nearly the same energy.");
  fact(ctx, "mixed", of_all(counts.judgement.mixed),
       "Pictures that are read as no digit with a confidence above 0.9, nor are their negatives: "
       "mixtures of prototypes.");
  std::string classes;
  for (std::size_t k = 0; k < counts.judgement.classes.size(); ++k)
    if (counts.judgement.classes[k] > 0)
      classes +=
          fmt::format("{}{}: {}", classes.empty() ? "" : "  ", k, counts.judgement.classes[k]);
  fact(ctx, "read as", counts.judged > 0 ? classes : "–",
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
  const ThermoRunSnapshot& run = ctx.held(part.run());
  const ThermoTrainingSnapshot& t = ctx.held(part.training());
  heading(ctx, "Heat");
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const bool trained = !t.learner.curve.reports.empty() || t.active();
  const bool followed = ctx.state.thermo.picked >= 0;
  const float facts = ctx.px(run.request.other ? 170 : 150);
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
