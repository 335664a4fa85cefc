// SPDX-License-Identifier: MIT
// The network as a whole: how ordered it is, how its phases are spread, what it is made of.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

#include "app/document/si_text.hpp"
#include "app/ui/generate/inspector_plots.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/equation.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/network/lyapunov.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// Shares of states by value, of one snapshot.
struct Histogram {
  std::uint64_t serial = 0;
  int layer = -1;
  std::vector<double> shares;
};

/// The energy of one sample at the steps seen so far; several evaluations at chunk borders.
struct EnergyCourse {
  const void* model = nullptr;
  bool exists = false;  ///< its couplings are symmetric
  std::shared_ptr<const Program> program;
  int lane = -1;
  struct Value {
    std::shared_ptr<const std::vector<float>> state;  ///< that it is of
    double energy = 0;
  };
  std::map<std::pair<int, int>, Value> values;  ///< by chunk and step
};

constexpr double kPi = std::numbers::pi;
constexpr int kBins = 36;

/// Shares of the states of one layer by value; of at most about 30,000 of them.
void count_states(UiContext& ctx, int layer, double low, double high) {
  Histogram& h = ctx.kept<Histogram>();
  const Snapshot& now = ctx.now;
  if (h.serial == now.serial && h.layer == layer && !h.shares.empty()) return;
  h.serial = now.serial;
  h.layer = layer;
  h.shares.assign(kBins, 0);
  const auto plane =
      static_cast<std::size_t>(now.grid.plane()) * static_cast<std::size_t>(now.lanes);
  const std::size_t begin = static_cast<std::size_t>(layer) * plane;
  if (begin + plane > now.state->size()) return;
  const std::size_t stride = std::max<std::size_t>(1, plane / 30'000);
  double n = 0;
  for (std::size_t i = begin; i < begin + plane; i += stride) {
    const double x = (*now.state)[i];
    if (!std::isfinite(x)) continue;
    const double t = ((now.is_phase ? wrapped(x) : x) - low) / (high - low);
    ++h.shares[static_cast<std::size_t>(std::clamp(static_cast<int>(t * kBins), 0, kBins - 1))];
    ++n;
  }
  for (double& share : h.shares) share /= std::max(n, 1.0);
}

/// Brings the energies of the steps seen so far up to date, a few of them each frame.
void evaluate_energy(UiContext& ctx, EnergyCourse& course, int lane) {
  constexpr int kPerFrame = 2;
  const Snapshot& now = ctx.now;
  if (course.program != now.realised || course.lane != lane) {
    course.program = now.realised;
    course.lane = lane;
    course.values.clear();
  }
  const int per_chunk = std::max(1, now.settings.steps_per_chunk);
  const auto lanes = static_cast<std::size_t>(now.lanes);
  std::vector<float> sample(static_cast<std::size_t>(now.units));
  int left = kPerFrame;
  const auto& moments = ctx.transient.traces.moments();
  // From the present backwards: what is looked at comes first.
  for (auto moment = moments.rbegin(); moment != moments.rend() && left > 0; ++moment) {
    const auto& [step, seen] = *moment;
    if (!seen.state || seen.state->size() != sample.size() * lanes) continue;
    // At a border the energy changes with the parameters: it has a value of each chunk there.
    for (int chunk = std::max(0, (step - 1) / per_chunk); chunk <= step / per_chunk; ++chunk) {
      if (chunk >= now.chunks) continue;
      auto& value = course.values[{chunk, step}];
      if (value.state == seen.state) continue;
      for (std::size_t unit = 0; unit < sample.size(); ++unit)
        sample[unit] = (*seen.state)[unit * lanes + static_cast<std::size_t>(lane)];
      value = {seen.state, lyapunov_energy(*now.realised, chunk, sample)};
      --left;
    }
  }
}

}  // namespace

void draw_histogram(UiContext& ctx) {
  if (lies_on_stage(ctx, OnStage::histogram)) return;
  const Snapshot& now = ctx.now;
  const View view = clamped_view(ctx);
  const double range = now.is_phase ? kPi : 3;
  count_states(ctx, view.layer, -range, range);
  const auto& shares = ctx.kept<Histogram>().shares;
  // The top grows in steps, so that the axis does not tremble.
  double top = 0.1;
  for (const double share : shares)
    while (share > top) top *= 2;
  Axis x{-kPi, kPi, "phase θ", {-kPi, -kPi / 2, 0, kPi / 2, kPi}, {"−π", "−π/2", "0", "π/2", "π"}};
  if (!now.is_phase) x = {-range, range, now.spoken().axis.data(), {}, {}};
  const std::string label = fmt::format(
      "share of {} units", view.layer == 0 ? "visible" : fmt::format("hidden {}", view.layer));
  stage_button(ctx, OnStage::histogram);
  const Plot plot(ctx, "histogram", plot_height(ctx, 112), x,
                  {0, std::min(top, 1.0), label.c_str(), {}, {}});
  for (int i = 0; i < kBins; ++i) {
    const double left = -range + 2 * range * i / kBins, right = left + 2 * range / kBins;
    plot.bar(left, right, shares[static_cast<std::size_t>(i)], ctx.colours.accent);
    if (!now.is_phase) continue;
    // Under the axis, the colours that these phases have on the wall.
    const float y = plot.max().y + 1;
    plot.list().AddRectFilled({plot.at(left, 0).x, y}, {plot.at(right, 0).x, y + ctx.px(3)},
                              phase_colour(now, (left + right) / 2));
  }
  std::vector<double> centres;
  for (int i = 0; i < kBins; ++i) centres.push_back(-range + 2 * range * (i + 0.5) / kBins);
  const PlotColumn columns[] = {{now.spoken().column, centres}, {"share", shares}};
  offer_plot(ctx, "histogram", now.is_phase ? "Histogram of phases" : "Histogram of voltages",
             columns);
  take_double_click(ctx, OnStage::histogram);
  hint(ctx, fmt::format("How the {}s of the layer on the wall are spread, over all samples.",
                        now.spoken().name));
}

void draw_order(UiContext& ctx) {
  if (lies_on_stage(ctx, OnStage::order)) return;
  std::vector<double> t, r;
  for (const auto& [step, moment] : ctx.transient.traces.moments()) {
    t.push_back(moment.time);
    r.push_back(moment.order_parameter);
  }
  const std::string label = std::isfinite(ctx.now.order_parameter)
                                ? fmt::format("order parameter R = {:.3f}", ctx.now.order_parameter)
                                : std::string("order parameter R");
  stage_button(ctx, OnStage::order);
  const Plot plot(ctx, "order", plot_height(ctx, 84),
                  {0, std::max(ctx.now.duration, 1e-9), "t", {}, {}},
                  {0, 1, label.c_str(), {0, 0.5, 1}, {}});
  plot.line(t, r, ctx.colours.accent);
  if (std::isfinite(ctx.now.order_parameter))
    plot.dot(ctx.now.time, ctx.now.order_parameter, ctx.colours.text);
  const PlotColumn columns[] = {{"t", t}, {"R", r}};
  offer_plot(ctx, "order", "Order parameter R", columns);
  take_double_click(ctx, OnStage::order);
  hint(ctx,
       "R = |mean of exp(iθ)|, mean over the samples: 1 when all oscillators agree, near 0 "
       "when they are spread evenly.");
}

void draw_energy(UiContext& ctx) {
  if (lies_on_stage(ctx, OnStage::energy)) return;
  const Snapshot& now = ctx.now;
  EnergyCourse& course = ctx.kept<EnergyCourse>();
  if (course.model != now.model.get()) {
    course = {};
    course.model = now.model.get();
    course.exists = has_energy(now.model->program);
  }
  if (!course.exists || now.scene.hardware.weight_noise > 0) {
    text(ctx, ctx.fonts.caption, ctx.colours.faint, "No Lyapunov energy: W_ij ≠ W_ji.");
    hint(ctx, course.exists ? "The weight noise of each sample makes the couplings asymmetric, so "
                              "that the network need not go downhill."
                            : "The couplings of this network are not symmetric, so that it need "
                              "not go downhill; that of mnist-tied does.");
    return;
  }
  const int lane = std::clamp(ctx.state.pinned, 0, std::max(0, now.lanes - 1));
  evaluate_energy(ctx, course, lane);
  constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> t, energy;
  double low = std::numeric_limits<double>::infinity(), high = -low, latest = kNothing;
  int last_chunk = 0;
  const auto& moments = ctx.transient.traces.moments();
  for (const auto& [key, value] : course.values) {
    const auto moment = moments.find(key.second);
    if (moment == moments.end() || moment->second.state != value.state) continue;
    if (key.first != std::exchange(last_chunk, key.first)) {
      t.push_back(moment->second.time);  // other parameters, another energy: lift the pen
      energy.push_back(kNothing);
    }
    t.push_back(moment->second.time);
    energy.push_back(value.energy);
    if (std::isfinite(value.energy)) {
      low = std::min(low, value.energy);
      high = std::max(high, value.energy);
    }
    if (key.second == now.step) latest = value.energy;
  }
  if (!(low <= high)) return;
  const double margin = std::max(0.05 * (high - low), 1e-6);
  const std::string label = fmt::format("energy L = {:.4g}", latest);
  stage_button(ctx, OnStage::energy);
  const Plot plot(ctx, "energy", plot_height(ctx, 84),
                  {0, std::max(now.duration, 1e-9), "t", {}, {}},
                  {low - margin, high + margin, label.c_str(), {}, {}});
  plot.line(t, energy, ctx.colours.accent);
  if (std::isfinite(latest)) plot.dot(now.time, latest, ctx.colours.text);
  const PlotColumn columns[] = {{"t", t}, {"L", energy}};
  offer_plot(ctx, "energy", "Lyapunov energy L", columns);
  take_double_click(ctx, OnStage::energy);
  hint(ctx, fmt::format("Lyapunov energy of sample {} as the hardware holds the network. Within a "
                        "chunk it only goes down, but for phase noise; at a border it jumps with "
                        "the parameters.",
                        now.settings.first_sample + static_cast<std::uint64_t>(lane)));
}

void draw_network(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const Program& program = now.model->program;
  const Topology& topology = *program.topology;
  const SubstrateInfo& substrate = info(program.substrate);
  if (section(ctx, Section::network, "Network")) {
    if (now.is_phase) draw_order(ctx);
    draw_energy(ctx);
    draw_histogram(ctx);
  }
  if (!section(ctx, Section::facts, "Facts")) return;
  fact(ctx, "model", legible(now.model->name));
  fact(ctx, "substrate", substrate.name, "What the units are made of.");
  draw_equation(ctx, substrate.equation);
  fact(ctx, "oscillators", fmt::format("{} + {} hidden", topology.visible(), topology.hidden()),
       "Visible ones are read out as pixels.");
  if (topology.labels() > 0)
    fact(ctx, "labels", fmt::format("{}", topology.labels()),
         "Oscillators held at θ = +π/2 for the class asked for and −π/2 for the others; all listen "
         "to them.");
  fact(ctx, "couplings", grouped(topology.couplings()), "Directed couplings W_ij.");
  fact(ctx, "density", fmt::format("{:.3f} %", 100 * topology.density()),
       "Couplings / oscillators².");
  fact(ctx, "topology", topology.description(), "Who listens to whom.");
  if (program.tied) fact(ctx, "couplings are", "symmetric", "W_ij = W_ji.");
  fact(ctx, "chunks", fmt::format("{} in T = {:g}", program.chunks(), program.duration()),
       "Times at which the parameters change, and the whole duration.");
  fact(ctx, "steps / chunk", fmt::format("{}", now.settings.steps_per_chunk));
  fact(ctx, "integrator", tableau(now.settings.integrator).name);
  fact(ctx, "initial noise",
       fmt::format("{} {:.3g}",
                   program.initial.shape == InitialNoise::Shape::uniform ? "uniform ±" : "normal",
                   program.initial.width * now.settings.noise_width),
       "Distribution of all states at t = 0.");
  if (now.settings.temperature > 0)
    fact(ctx, "temperature", fmt::format("{:g}", now.settings.temperature),
         "kT of the bath that shakes every state.");
  fact(ctx, "read-out", name_of(program.readout), "How a state becomes a pixel.");
}

}  // namespace phaseloom
