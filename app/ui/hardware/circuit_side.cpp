// SPDX-License-Identifier: MIT
// How the error grows from chunk to chunk at both tolerances, and the numbers at the end.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/circuit.hpp"
#include "app/ui/hardware/hardware_look.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// "rad" of phases, "" of voltages, which have none; of the network that was compared.
std::string unit_of(const CircuitSnapshot& circuit) {
  if (!circuit.request.model) return {};
  return std::string(info(circuit.request.model->program.substrate).state().unit);
}

void draw_errors(UiContext& ctx, const CircuitSnapshot& circuit, float height) {
  std::vector<double> at, tight, loose;
  double low = 1e-6, high = 1e-2;
  for (const ChunkCheck& chunk : circuit.check->chunks) {
    const auto drawn = [](double error) { return error > 0 ? error : std::nan(""); };
    at.push_back(static_cast<double>(at.size()) + 1);
    tight.push_back(drawn(chunk.error.rms));
    loose.push_back(drawn(chunk.looser_rms));
    for (const double error : {tight.back(), loose.back()})
      if (std::isfinite(error)) {
        low = std::min(low, error / 1.5);
        high = std::max(high, error * 1.5);
      }
  }
  const std::string unit = unit_of(circuit);
  const std::string label = unit.empty() ? "rms error" : fmt::format("rms error ({})", unit);
  Axis x{0.5, std::max(circuit.chunks, 2) + 0.5, "chunk", {}, {}};
  for (const double tick : round_ticks(1, std::max(circuit.chunks, 2), 4))
    if (tick == std::floor(tick)) x.ticks.push_back(tick);
  const Plot plot(ctx, "circuit errors", height, x, {low, high, label.c_str(), {}, {}, true});
  const Palette& c = ctx.colours;
  for (const auto& [errors, colour] : {std::pair{&loose, c.faint}, std::pair{&tight, c.accent}}) {
    plot.line(at, *errors, colour);
    for (std::size_t i = 0; i < at.size(); ++i)
      if (std::isfinite((*errors)[i])) plot.dot(at[i], (*errors)[i], colour);
  }
  const PlotColumn columns[] = {
      {"chunk", at}, {"rms_error", tight}, {"rms_error_at_ten_times_reltol", loose}};
  offer_plot(ctx, "circuit_errors", "Errors of the circuit over chunks", columns);
  hint(ctx,
       "How far ngspice is from the engine at the end of each chunk, over all units that are "
       "simulated; grey: where its tolerance is ten times as large. Each chunk goes on from where "
       "the circuit itself has come to.");
}

void draw_curves_legend(UiContext& ctx, const CircuitSnapshot& circuit) {
  const double reltol = circuit.request.model ? circuit.request.reltol : ctx.scene.circuit.reltol;
  const std::string tight = fmt::format("tolerance {:.2g}", reltol);
  const std::string loose = fmt::format("{:.2g}", std::min(0.1, 10 * reltol));
  const LegendEntry entries[] = {{ctx.colours.accent, tight}, {ctx.colours.faint, loose}};
  draw_legend(ctx, ImGui::GetCursorScreenPos(), ImGui::GetContentRegionAvail().x, entries);
  ImGui::Dummy({0, ctx.fonts.caption->FontSize + ctx.px(4)});
}

void draw_numbers(UiContext& ctx, const CircuitSnapshot& circuit) {
  const CircuitCheck& check = *circuit.check;
  const std::string unit = unit_of(circuit);
  const auto last = [&](const auto& value) {
    if (check.chunks.empty()) return std::string("–");
    return fmt::format("{:.2e}{}{}", value(check.chunks.back()), unit.empty() ? "" : " ", unit);
  };
  fact(ctx, "units", circuit.units > 0 ? grouped(circuit.units) : "–", "That are simulated.");
  fact(ctx, "rms", last([](const ChunkCheck& c) { return c.error.rms; }),
       "Root of the mean square of the distances, after the last chunk.");
  fact(ctx, "median", last([](const ChunkCheck& c) { return c.error.median; }),
       "Half of the units are nearer.");
  fact(ctx, "99 %", last([](const ChunkCheck& c) { return c.error.p99; }),
       "All but one in a hundred are nearer.");
  const bool shrinks = !check.chunks.empty() && check.chunks.back().error.rms > 0;
  fact(ctx, "at ten times the tolerance",
       shrinks ? fmt::format("{:.2g} times",
                             check.chunks.back().looser_rms / check.chunks.back().error.rms)
               : "–",
       "How many times the error is larger where the tolerance is ten times as large: what is left "
       "is the simulator's, and goes away with it.");
  fact(ctx, "pixels", check.chunks.empty() ? "–" : fmt::format("{:.1e}", check.pixel_difference),
       "Mean difference of a pixel, white being 1.");
  if (ctx.session.threaded())
    fact(ctx, "time", check.seconds > 0 ? duration_text(check.seconds) : "–",
         "That ngspice has taken so far.");
}

}  // namespace

void draw_circuit_side(UiContext& ctx) {
  const CircuitSnapshot& circuit = circuit_of(ctx);
  heading(ctx, "How far the two are apart");
  const float room = ImGui::GetContentRegionAvail().y;
  draw_errors(ctx, circuit, std::clamp(std::floor(room * 0.45f), ctx.px(130), ctx.px(360)));
  draw_curves_legend(ctx, circuit);
  draw_numbers(ctx, circuit);
}

}  // namespace phaseloom
