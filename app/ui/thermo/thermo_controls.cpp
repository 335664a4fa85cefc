// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/thermo/drawing_pad.hpp"
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
  using Source = ThermoView::Source;
  const ThermoTrainingSnapshot& training = ctx.held(part.training());
  // What was trained here lies below the files: a network, or one of each rule.
  std::vector<std::pair<std::string, Source>> here;
  if (training.learner.network && !training.other)
    here.emplace_back("trained here", Source::training);
  if (training.learner.network && training.other) {
    here.emplace_back(fmt::format("trained here, {}", name_of(training.learner.curve.rule)),
                      Source::training);
    here.emplace_back(fmt::format("trained here, {}", name_of(training.other->curve.rule)),
                      Source::other);
  }
  const std::string& model = ctx.scene.thermo.model;
  std::vector<std::string> entries;
  for (const std::string& name : known_models(ctx))
    if (name.find("thermo") != std::string::npos) entries.push_back(name);
  const std::size_t files = entries.size();
  const auto at = std::ranges::find(entries, model);
  int chosen = at == entries.end() ? -1 : static_cast<int>(at - entries.begin());
  std::string shown = legible(std::filesystem::path(unescaped(model)).stem().string());
  for (const auto& [words, source] : here) {
    // Without another rule's network its source shows the only one.
    if (ctx.state.thermo.source == source ||
        (here.size() == 1 && ctx.state.thermo.source != Source::model)) {
      chosen = static_cast<int>(entries.size());
      shown = words;
    }
    entries.push_back(words);
  }
  if (const auto taken = drop_down(
          ctx,
          {.name = "computer",
           .entries = entries,
           .chosen = chosen,
           .shown = shown,
           .width = ImGui::GetContentRegionAvail().x,
           .help = "Which computer runs: one that is shipped, one of yours, or what was trained "
                   "here last."})) {
    const auto place = static_cast<std::size_t>(*taken);
    if (place < files) ctx.session.set("thermo.model", entries[place]);
    ctx.session.post(verbs::heat_source,
                     name_of(place < files ? Source::model : here[place - files].second));
  }
  const auto& running = part.run()->model;
  const Topology* t = running ? running->program.topology.get() : nullptr;
  fact(ctx, "units", t ? fmt::format("{} + {}", t->visible(), t->hidden()) : "–",
       "Visible ones, which are read out and couple to hidden ones only, and hidden ones.");
  fact(ctx, "couplings", t ? grouped(t->couplings() / 2) : "–", "Symmetric couplings J_ij.");
}

void draw_heat(UiContext& ctx) {
  heading(ctx, "Heat and noise");
  slider_row(ctx, {"thermo.temperature", nullptr, "dx = −∂V dt + √(2 kT) dw", "0.1"},
             {0, 0.5, 0.005, 1, "kT = %.3g"});
  draw_bits_row(ctx, {"thermo.bits", "Bits", "J on the grid of b bits", "0"},
                ctx.scene.thermo.bits);
  const std::string wall = fmt::format("{0} × {0}", ctx.scene.thermo.wall);
  slider_row(ctx, {"thermo.wall", "Wall"}, {1, kMaxThermoWall, 1, 1, "%.0f"}, wall.c_str());
  slider_row(ctx, {"thermo.samples", "Samples"}, {10, 1000, 10, 2, "%.0f"});
  natural_row(ctx, {"thermo.run_seed", "Seed"});
}

/// A button for each digit, in two rows, and the drawings below: the prototypes.
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
    if (next.empty() && ctx.scene.thermo.drawings != kNoPrototypes) next = kNoPrototypes;
    if (!next.empty()) ctx.session.set(kField, next);
  }
  draw_drawing_places(ctx, button, gap);
}

void draw_training(UiContext& ctx) {
  const ThermoExperiment& experiment = ctx.scene.thermo;
  heading(ctx, "Training");
  draw_digits(ctx);
  const char* const rules[] = {"batch", "online"};
  choice_row(ctx, {"thermo.rule"}, rules);
  check_row(ctx, {"thermo.compare"});
  slider_row(ctx, {"thermo.cycles"}, {10, 600, 10, 1, "%.0f"});
  slider_row(ctx, {"thermo.hidden"}, {32, 1024, 32, 1, "%.0f"});
  check_row(ctx, {"thermo.visible_biases"});
  {
    // What would stand in the way of a training is within reach.
    const bool set = experiment.labels || experiment.update_bits > 0 ||
                     experiment.stochastic_rounding || experiment.update_noise > 0;
    const Unavailable dimmed(ctx, experiment.rule == ThermoRule::online && !set
                                      ? "labels and flawed updates are those of the batch rule"
                                      : "");
    check_row(ctx, {"thermo.labels"});
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
  const ThermoTrainingSnapshot& t = ctx.held(part.training());
  if (t.active() && !same_training(ctx.scene.thermo, t.experiment)) {
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.faint,
         "A training is on its way; what is set here is for the next one.");
    ImGui::PopTextWrapPos();
  }
}

}  // namespace phaseloom
