// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/bits_row.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/models.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

void draw_computer(UiContext& ctx, const ThermoPart& part) {
  heading(ctx, "Computer");
  const bool trained = part.training()->network != nullptr;
  const bool here = trained && ctx.state.thermo.source == ThermoView::Source::training;
  constexpr const char* kHere = "trained here";
  const std::string& model = ctx.scene.thermo.model;
  std::vector<std::string> entries;
  for (const std::string& name : known_models(ctx))
    if (name.find("thermo") != std::string::npos) entries.push_back(name);
  const auto at = std::ranges::find(entries, model);
  int chosen = at == entries.end() ? -1 : static_cast<int>(at - entries.begin());
  if (trained) entries.emplace_back(kHere);
  if (here) chosen = static_cast<int>(entries.size()) - 1;
  const std::string stem = legible(std::filesystem::path(unescaped(model)).stem().string());
  if (const auto taken = drop_down(
          ctx,
          {.name = "computer",
           .entries = entries,
           .chosen = chosen,
           .shown = here ? kHere : stem,
           .width = ImGui::GetContentRegionAvail().x,
           .help = "Which computer runs: one that is shipped, one of yours, or what was trained "
                   "here last."})) {
    const bool last = trained && *taken + 1 == static_cast<int>(entries.size());
    if (!last) ctx.session.set("thermo.model", entries[static_cast<std::size_t>(*taken)]);
    ctx.session.post(verbs::heat_source, last ? "training" : "model");
  }
  const auto& running = part.run()->model;
  const Topology* t = running ? running->program.topology.get() : nullptr;
  fact(ctx, "units", t ? fmt::format("{} + {} hidden", t->visible(), t->hidden()) : "–",
       "Visible units are read out; they couple to hidden ones only.");
  fact(ctx, "couplings", t ? grouped(t->couplings() / 2) : "–", "Symmetric couplings J_ij.");
}

void draw_heat(UiContext& ctx) {
  heading(ctx, "Heat and noise");
  slider_row(ctx, {"thermo.temperature", nullptr, "dx = −∂V dt + √(2 kT) dw", "0.1"},
             {0, 0.5, 0.005, 1, "kT = %.3f"});
  draw_bits_row(ctx, {"thermo.bits", "Bits", "J on the grid of b bits", "0"},
                ctx.scene.thermo.bits);
  const std::string wall = fmt::format("{0} × {0}", ctx.scene.thermo.wall);
  slider_row(ctx, {"thermo.wall", "Wall"}, {1, kMaxThermoWall, 1, 1, "%.0f"}, wall.c_str());
  slider_row(ctx, {"thermo.samples", "Counted"}, {10, 1000, 10, 2, "%.0f samples"});
  natural_row(ctx, {"thermo.run_seed", "Seed"});
}

/// A button for each digit, in two rows: the prototypes.
void draw_digits(UiContext& ctx) {
  constexpr const char* kField = "thermo.digits";
  constexpr int kInRow = 5;
  const float gap = ctx.px(3);
  text(ctx, ctx.fonts.text, ctx.colours.faint, scene_field(kField).label);
  hint(ctx, scene_field(kField).help);
  const float button = std::floor((ImGui::GetContentRegionAvail().x - (kInRow - 1) * gap) / kInRow);
  const std::string& digits = ctx.scene.thermo.digits;
  const auto chosen = [&](char digit) { return digits.find(digit) != std::string::npos; };
  for (char digit = '0'; digit <= '9'; ++digit) {
    if ((digit - '0') % kInRow != 0) ImGui::SameLine(0, gap);
    const std::string name(1, digit);
    const bool clicked = text_button(
        ctx, name.c_str(), name,
        chosen(digit)
            ? "Is a prototype: the first training picture of this digit. A click takes it "
              "out."
            : "A click makes the first training picture of this digit a prototype.",
        {.chosen = chosen(digit)}, button);
    note_place(ctx, "prototype " + name);
    if (!clicked) continue;
    std::string next;
    for (char other = '0'; other <= '9'; ++other)
      if ((other == digit) != chosen(other)) next += std::string(next.empty() ? "" : " ") + other;
    if (!next.empty()) ctx.session.set(kField, next);
  }
}

void draw_training(UiContext& ctx) {
  const ThermoExperiment& experiment = ctx.scene.thermo;
  heading(ctx, "Training");
  draw_digits(ctx);
  const char* const rules[] = {"batch", "online"};
  choice_row(ctx, {"thermo.rule"}, rules);
  slider_row(ctx, {"thermo.cycles"}, {10, 600, 10, 1, "%.0f"});
  slider_row(ctx, {"thermo.hidden"}, {32, 1024, 32, 1, "%.0f"});
  check_row(ctx, {"thermo.visible_biases"});
  {
    // What would stand in the way of a training is within reach.
    const bool flawed =
        experiment.update_bits > 0 || experiment.stochastic_rounding || experiment.update_noise > 0;
    const Unavailable dimmed(ctx, experiment.rule == ThermoRule::online && !flawed
                                      ? "flawed updates are those of the batch rule"
                                      : "");
    const std::string bits =
        experiment.update_bits == 0 ? std::string("float") : counted(experiment.update_bits, "bit");
    slider_row(ctx, {"thermo.update_bits", nullptr, nullptr, "0"},
               {0, kMaxUpdateBits, 1, 1, "%.0f"}, bits.c_str());
    check_row(ctx, {"thermo.stochastic_rounding", "Stochastic"});
    slider_row(ctx, {"thermo.update_noise", nullptr, "ΔJ (1 + δ ε)", "0"},
               {0, 1, 0, 2, "δ = %.3f"});
  }
  natural_row(ctx, {"thermo.seed"});
  natural_row(ctx, {"thermo.projection_seed"});
}

}  // namespace

void draw_thermo_controls(UiContext& ctx) {
  const ThermoPart& part = ctx.session.part<ThermoPart>();
  draw_computer(ctx, part);
  draw_heat(ctx);
  draw_training(ctx);
  const ThermoTrainingSnapshot& t = *part.training();
  if (t.active() && !same_training(ctx.scene.thermo, t.experiment)) {
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.faint,
         "A training is on its way; what is set here is for the next one.");
    ImGui::PopTextWrapPos();
  }
}

}  // namespace phaseloom
