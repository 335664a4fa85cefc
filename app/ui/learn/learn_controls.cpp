// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/commands/playground_verbs.hpp"
#include "app/document/spoken_names.hpp"
#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/equation.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/playground/presets.hpp"

namespace phaseloom {
namespace {

std::string_view substrate_of(const UiContext& ctx) {
  return info(ctx.scene.playground.substrate).name;
}

void begin_preset(UiContext& ctx, Preset preset) {
  ctx.session.post(verbs::playground_preset, name_of(preset));
  ctx.session.post(verbs::playground_restart);
}

void draw_preset(UiContext& ctx) {
  heading(ctx, "Experiment");
  std::vector<std::string> titles;
  for (const PresetInfo& preset : presets()) titles.emplace_back(preset.title);
  const Preset preset = ctx.scene.playground.preset;
  if (const auto taken = drop_down(ctx, {.name = "preset",
                                         .entries = titles,
                                         .chosen = static_cast<int>(preset),
                                         .width = ImGui::GetContentRegionAvail().x,
                                         .help = "Known experiments, each with its theory. Taking "
                                                 "one sets all values below; undo brings them "
                                                 "back."}))
    begin_preset(ctx, static_cast<Preset>(*taken));
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.caption, ctx.colours.faint, preset_info(preset).sentence);
  ImGui::PopTextWrapPos();
  if (text_button(ctx, "preset again", "As it began",
                  "Sets all values as this experiment begins, and restarts it."))
    begin_preset(ctx, preset);
}

/// Why what a network of the playground is made of does nothing just now; empty if it does.
std::string_view why_given(const UiContext& ctx) {
  return ctx.scene.playground.preset == Preset::pixel
             ? "units and couplings are those of the network that Generate runs"
             : "";
}

/// The first of two reasons that there is.
std::string_view either(std::string_view first, std::string_view second) {
  return first.empty() ? second : first;
}

/// What is selected: a unit's own frequency, or the weight between two.
void draw_selected(UiContext& ctx, const PlaygroundSnapshot& now) {
  const auto& picked = ctx.state.playground.picked;
  const bool pair = picked.size() == 2;
  heading(ctx, picked.empty()       ? "Selected: none"
               : picked.size() == 1 ? fmt::format("Selected: unit {}", picked[0])
               : pair               ? fmt::format("Selected: {} and {}", picked[0], picked[1])
                                    : fmt::format("Selected: {} units", picked.size()));
  const auto there = [&](int unit) { return now.there() && unit < now.network->count(); };
  const float width = ImGui::GetContentRegionAvail().x;
  const std::string_view why = why_not_editable(ctx);
  if (pair && there(picked[0]) && there(picked[1])) {
    const Unavailable dimmed(ctx, why);
    const PlaygroundCoupling* coupling = now.network->find(picked[0], picked[1]);
    double weight = coupling ? double(coupling->weight) : 0;
    const std::string shown = coupling ? fmt::format("weight {:.3g}", weight) : "not coupled";
    if (slider(ctx, "pair weight", weight, {-2, 2, 0.05, 1, "weight %.3g"}, width, shown.c_str()))
      ctx.session.post(verbs::playground_couple, picked[0], picked[1], weight);
    hint(ctx, "How strongly the two pull at each other, times K; 0 takes the coupling away.");
    note_place(ctx, "pair weight");
  } else {
    const bool one = picked.size() == 1 && there(picked[0]);
    const Unavailable dimmed(ctx, either(why, one ? "" : "select a unit, or two, on the canvas"));
    double detuning =
        one ? double(now.network->units[static_cast<std::size_t>(picked[0])].detuning) : 0;
    if (slider(ctx, "unit detuning", detuning, {-3, 3, 0.05, 1, "detuning %.3g"}, width) && one)
      ctx.session.post(verbs::playground_tune, picked[0], detuning);
    hint(ctx, "The unit's own frequency, or drive, in units of the spread.");
    note_place(ctx, "unit detuning");
  }
}

void draw_network(UiContext& ctx) {
  const PlaygroundSetup& s = ctx.scene.playground;
  heading(ctx, "Network");
  const std::string_view given = why_given(ctx);
  const std::string_view own =
      either(given, s.own ? "the network is your own; a layout would replace it" : "");
  const auto reason = [&](bool counts, std::string_view otherwise) {
    return either(own, counts ? "" : otherwise);
  };
  {
    const Unavailable dimmed(ctx, own);
    const char* const layouts[] = {"ring", "grid", "all with all", "random", "memory", "apart"};
    choice_row(ctx, {"playground.layout"}, layouts);
    slider_row(ctx, {"playground.units"}, {1, kMaxPlaygroundUnits, 1, 2, "%.0f"});
    const char* const spreads[] = {"even", "Gaussian", "Lorentzian"};
    choice_row(ctx, {"playground.frequencies"}, spreads);
  }
  {
    const bool counts = s.layout == Layout::ring || s.layout == Layout::random;
    const Unavailable dimmed(ctx, reason(counts, "of rings and random graphs"));
    slider_row(ctx, {"playground.degree"}, {1, 20, 1, 1, "%.0f"});
  }
  {
    const Unavailable dimmed(ctx, reason(s.layout == Layout::memory, "of a memory"));
    slider_row(ctx, {"playground.patterns"}, {1, kMaxPatterns, 1, 1, "%.0f"});
    slider_row(ctx, {"playground.damage"}, {0, 0.5, 0.01, 1, "%.2f"});
  }
  const Unavailable dimmed(ctx, given);
  if (text_button(ctx, "lay out", "Lay out anew",
                  "Gives up the network of your own for the layout; undo brings it back.",
                  {.enabled = bool(s.own)}))
    ctx.session.set("playground.network", "laid_out");
}

void draw_units(UiContext& ctx) {
  heading(ctx, "Units");
  std::vector<const char*> substrates;
  for (const SubstrateInfo& substrate : all_substrates())
    substrates.push_back(spoken_substrate(substrate.name).data());
  const SubstrateInfo& substrate = info(ctx.scene.playground.substrate);
  const std::string_view name = substrate_of(ctx), given = why_given(ctx);
  {
    const Unavailable dimmed(ctx, given);
    choice_row(ctx, {"playground.substrate", nullptr, substrate.equation.data()}, substrates);
    slider_row(ctx, {"playground.coupling", nullptr, "K"}, {-3, 5, 0.01, 1, "K = %.2f"});
    slider_row(ctx, {"playground.spread", nullptr, "γ"}, {0, 3, 0.01, 1, "γ = %.2f"});
  }
  {
    const bool has = name == "kuramoto_shil" || name == "aim_poly";
    const Unavailable dimmed(ctx, either(given, has ? "" : "this substrate has none"));
    slider_row(ctx, {"playground.injection", nullptr, "S", "0"}, {0, 3, 0.01, 1, "S = %.2f"});
  }
  {
    const Unavailable dimmed(ctx, given);
    slider_row(ctx, {"playground.temperature", nullptr, "√(2 kT) dw", "0"},
               {0, 0.5, 0.001, 2, "kT = %.3f"});
  }
  {
    const Unavailable dimmed(ctx, either(given, name == "langevin" ? "" : "of Langevin units"));
    slider_row(ctx, {"playground.j2", nullptr, "J2 x²"}, {-3, 3, 0.01, 1, "%.2f"});
    slider_row(ctx, {"playground.j4", nullptr, "J4 x⁴"}, {0.05, 3, 0.01, 1, "%.2f"});
  }
  const Unavailable dimmed(ctx, why_no_seed(ctx));
  natural_row(ctx, {"playground.seed"});
}

void draw_time_settings(UiContext& ctx) {
  heading(ctx, "Time");
  slider_row(ctx, {"playground.speed", nullptr, "dt per second"}, {0.05, 20, 0, 3, "%.2f t/s"});
  slider_row(ctx, {"playground.carrier", nullptr, "Ω", "0"}, {0, 6, 0.05, 1, "Ω = %.2f"});
  const Unavailable dimmed(ctx, why_given(ctx).empty() ? "" : "its steps are those of Generate");
  slider_row(ctx, {"playground.step", nullptr, "dt"}, {0.002, 0.2, 0, 2, "dt = %.3f"});
}

}  // namespace

std::string_view why_no_seed(const UiContext& ctx) {
  return why_given(ctx).empty() ? "" : "the run is that of Generate, which has a seed of its own";
}

void another_seed(UiContext& ctx) {
  if (why_no_seed(ctx).empty()) ctx.session.set("playground.seed", ctx.scene.playground.seed + 1);
}

void draw_learn_controls(UiContext& ctx) {
  draw_lesson_list(ctx);
  draw_preset(ctx);
  if (shows_field(ctx)) return draw_field_controls(ctx);
  draw_selected(ctx, playground_of(ctx));
  draw_units(ctx);
  draw_network(ctx);
  draw_time_settings(ctx);
}

}  // namespace phaseloom
