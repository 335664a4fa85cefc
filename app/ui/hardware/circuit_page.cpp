// SPDX-License-Identifier: MIT
// The page as a value; buttons, how far it is, its status line and its files.

#include <fmt/format.h>

#include <vector>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/hardware/circuit.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/job_strip.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/status_line.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

const CircuitSnapshot& circuit_of(UiContext& ctx) {
  return ctx.held(ctx.session.part<CircuitPart>().latest());
}

void toggle_circuit(UiContext& ctx) {
  ctx.session.post(circuit_of(ctx).running ? verbs::circuit_stop : verbs::circuit_start);
}

void draw_circuit_progress(UiContext& ctx) {
  const CircuitSnapshot& circuit = circuit_of(ctx);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float whole = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  if (text_button(ctx, "start circuit", "Compare",
                  "Runs the network on the wall in ngspice, as set on the left.   Space",
                  {.enabled = ctx.now.model && !circuit.running, .chosen = !circuit.running},
                  ctx.px(96)))
    ctx.session.post(verbs::circuit_start);
  ImGui::SameLine(0, ctx.px(6));
  if (text_button(ctx, "stop circuit", "Stop",
                  "Ends ngspice at once; chunks that are compared stay.   Space",
                  {.enabled = circuit.running}))
    ctx.session.post(verbs::circuit_stop);
  ImGui::SameLine();
  const float taken = ImGui::GetCursorScreenPos().x - corner.x;
  std::vector<NamedNumber> parts;
  if (circuit.running)
    parts.push_back({"left", circuit.seconds_left > 0 ? duration_text(circuit.seconds_left) : "–"});
  if (circuit.chunks > 0)
    parts.push_back({"chunks", fmt::format("{} of {}", circuit.done(), circuit.chunks)});
  draw_numbers_line(ctx, parts, corner, whole, height, taken);
  ImGui::NewLine();
  JobStrip strip;
  strip.running = circuit.running;
  strip.failed = !circuit.problem.empty();
  strip.help = "How far ngspice has come, at both tolerances.";
  strip.progress = circuit.share;
  strip.words =
      circuit.preparing          ? "The engine's own run …"
      : !circuit.problem.empty() ? circuit.problem
      : circuit.chunks == 0      ? std::string("No circuit has been run yet")
      : circuit.finished()
          ? fmt::format("All {} are compared", counted(circuit.chunks, "chunk"))
          : fmt::format("{} of {} compared", circuit.done(), counted(circuit.chunks, "chunk"));
  draw_job_strip(ctx, strip);
}

void draw_circuit_status(UiContext& ctx) {
  const CircuitSnapshot& circuit = circuit_of(ctx);
  const Palette& c = ctx.colours;
  StatusLine line(ctx);
  if (circuit.running)
    line.condition(c.accent, circuit.preparing ? "Preparing" : "ngspice at work");
  else if (!circuit.problem.empty())
    line.condition(c.error, "Failed");
  else
    line.condition(c.faint, circuit.chunks == 0  ? "Nothing to do"
                            : circuit.finished() ? "Compared"
                                                 : "Compared in part");
  line.number("chunks",
              circuit.chunks > 0 ? fmt::format("{} of {}", circuit.done(), circuit.chunks) : "–",
              "That are compared.");
  line.times();
  line.seed(ctx.scene.seed);
  line.warning();
}

void draw_circuit_tables(UiContext& ctx) {
  const Choice files[] = {
      {"CSV", "How far the circuit is from the engine after each chunk.", true},
      {"Decks", "A folder of what ngspice reads, a file for each chunk, and the three pictures.",
       true}};
  const char* const what = export_row(ctx, "The circuit", files, circuit_of(ctx).done() > 0);
  if (!what) return;
  if (*what == 'C') {
    if (may_export(ctx, "circuit.export FILE"))
      ctx.session.post(verbs::circuit_export, free_file("circuit", ".csv"));
  } else if (may_export(ctx, "circuit.save FOLDER")) {
    ctx.session.post(verbs::circuit_save, free_file("circuit", ""));
  }
  ctx.transient.exporting = false;
}

const HardwarePage kCircuitPage{
    .label = "Circuit",
    .help = "The picture that ngspice, a circuit simulator, makes of the network, beside ours.",
    .controls = draw_circuit_controls,
    .stage = draw_circuit_stage,
    .side = draw_circuit_side,
    .below = draw_circuit_progress,
    .status = draw_circuit_status,
    .tables = draw_circuit_tables,
    .toggle = toggle_circuit};

}  // namespace phaseloom
