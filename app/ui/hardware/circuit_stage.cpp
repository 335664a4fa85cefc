// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/hardware/circuit.hpp"
#include "app/ui/hardware/stage_notice.hpp"
#include "app/ui/toolkit/no_model.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Which rung of the ladder from equations to a chip this is (docs/circuit.md).
const char* words_of_rung(const Model& model) {
  return rung_of(model.program.substrate) == "A"
             ? "Rung A, behavioural: it says that the equations are solved as they are written, "
               "not that a chip would do it."
             : "Rung B, behavioural with curves of transistors: it says what these curves do to a "
               "network, not that a chip would do it.";
}

void offer_to_start(UiContext& ctx, Box area, const char* title, std::string words, ImU32 colour,
                    const char* button, const char* more) {
  if (draw_notice(ctx, area,
                  {title, std::move(words), colour, "begin circuit", button,
                   "Runs ngspice in the background.   Space", more}))
    ctx.session.post(verbs::circuit_start);
}

std::string invitation(const UiContext& ctx) {
  const Grid& grid = ctx.now.grid;
  const int side = window_side(ctx);
  const std::string what =
      side > 0 ? fmt::format("a window of {} x {} places, {}", side, side,
                             counted(std::int64_t{side} * side * grid.layers, "unit"))
               : fmt::format("all {}", counted(ctx.now.units, "unit"));
  return fmt::format(
      "ngspice, a circuit simulator, gets the network on the wall as capacitors and current "
      "sources, {}, and runs its {} one after the other. Its picture then stands beside the "
      "engine's.",
      what, counted(ctx.now.chunks, "chunk"));
}

}  // namespace

void draw_circuit_stage(UiContext& ctx, Box area) {
  const CircuitSnapshot& circuit = circuit_of(ctx);
  if (circuit.done() == 0) {
    if (circuit.running)
      return draw_busy(
          ctx, area, circuit.preparing ? "The engine's own run …" : "The first chunk in ngspice …");
    if (!ctx.now.model) return draw_no_model(ctx, area);
    if (!circuit.problem.empty())
      return offer_to_start(ctx, area, "There is no picture from ngspice", circuit.problem,
                            ctx.colours.warning, "Try again",
                            "ngspice is a program of its own: where it is missing, install your "
                            "system's package ngspice.");
    return offer_to_start(ctx, area, "Nothing has been compared yet", invitation(ctx),
                          ctx.colours.faint, "Compare", words_of_rung(*ctx.now.model));
  }
  float y = area.min.y + ctx.px(2);
  if (!circuit.problem.empty())
    centred(ctx, ctx.fonts.text, ctx.colours.warning, circuit.problem, area, y);
  centred(ctx, ctx.fonts.caption, ctx.colours.faint, words_of_rung(*circuit.request.model), area,
          y);
  y += ctx.px(6);
  // The pictures come first; a few rows of the table are always seen.
  const float row = ImGui::GetTextLineHeight() + 2 * ImGui::GetStyle().CellPadding.y;
  const float rows = static_cast<float>(std::min(circuit.done(), 4) + 1) * row;
  const Box shown{{area.min.x, y}, {area.max.x, std::max(y + ctx.px(60), area.max.y - rows)}};
  const float end = draw_circuit_pictures(ctx, circuit, shown) + ctx.px(6);
  const std::string words =
      circuit.running ? std::string()
                      : compared_otherwise(ctx.scene, ctx.session.part<CircuitPart>().begun_with());
  if (!words.empty())
    draw_stale(ctx, *ImGui::GetWindowDrawList(), {area.min, {area.max.x, end}}, words);
  if (area.max.y - end < 2 * row) return;
  // The table is a window of its own, above any veil.
  constexpr float kVeiled = 0.4f;
  ImGui::PushStyleVar(ImGuiStyleVar_Alpha, words.empty() ? 1.0f : kVeiled);
  draw_circuit_table(ctx, circuit, {{area.min.x, end}, area.max});
  ImGui::PopStyleVar();
}

}  // namespace phaseloom
