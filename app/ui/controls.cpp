#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "app/session/spoken_names.hpp"
#include "app/session/trained_on.hpp"
#include "app/ui/focus.hpp"
#include "app/ui/models.hpp"
#include "app/ui/panels.hpp"
#include "app/ui/view.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

void draw_model(UiContext& ctx) {
  heading(ctx, "Model");
  const FieldRow row{"model"};
  const float width = begin_row(ctx, row);
  const std::filesystem::path path(ctx.scene.model);
  const bool is_path =
      ctx.scene.model.find('/') != std::string::npos || path.extension() == ".safetensors";
  const std::string shown =
      shortened(ctx.fonts.text, is_path ? path.stem().string() : ctx.scene.model,
                width - ImGui::GetFrameHeight() - ctx.px(12));
  ImGui::SetNextItemWidth(width);
  const bool open = ImGui::BeginCombo("##value", shown.c_str());
  if (!open) {
    static const std::vector<std::string> kNone;
    note_place(ctx, row.field);
    // Folders are looked at for keys only.
    const auto& names = ctx.transient.focus.keys.empty() ? kNone : known_models();
    const auto at = std::ranges::find(names, ctx.scene.model) - names.begin();
    if (const auto moved = list_keys(ctx, static_cast<int>(at), static_cast<int>(names.size())))
      ctx.session.set("model", names[static_cast<std::size_t>(*moved)]);
    hint(ctx, field_help(row) + "\nA .safetensors file can be dropped on the window as well.");
  }
  if (open) {
    for (const std::string& name : known_models())
      if (ImGui::Selectable(name.c_str(), name == ctx.scene.model)) ctx.session.set("model", name);
    if (known_models().empty()) ImGui::TextDisabled("no shipped models here");
    ImGui::Separator();
    ImGui::TextDisabled("or drop a .safetensors file");
    ImGui::EndCombo();
  }
  end_row(ctx, row);
}

/// One button for each class that the network knows; nothing for networks that know none.
void draw_labels(UiContext& ctx) {
  const int labels = known_labels(ctx);
  if (labels == 0) return;
  const std::string help =
      field_help({"label", nullptr,
                  ctx.now.is_phase ? "θ_k = +π/2 held for the class asked for, −π/2 for all others"
                                   : "x_k = +1 held for the class asked for, −1 for all others"}) +
      "\nL asks for the next one.";
  auto& [model, dataset] = ctx.transient.trained_on;  // it takes some parsing
  if (model != ctx.now.model) model = ctx.now.model, dataset = trained_on(*model);
  std::vector<Choice> choices{{"all", help, true}};
  for (int k = 0; k < labels; ++k) {
    const std::string number = std::to_string(k), name = spoken_class(dataset, k);
    choices.push_back(
        {number, name == number ? help : fmt::format("{}: {}. {}", k, name, help), true});
  }
  const int asked = ctx.scene.label.value_or(-1);
  if (const auto chosen = segmented(ctx, "label", choices, asked < labels ? asked + 1 : 0,
                                    ImGui::GetContentRegionAvail().x))
    ctx.session.set("label", choices[static_cast<std::size_t>(*chosen)].label);
}

void draw_noise(UiContext& ctx) {
  if (!section(ctx, Section::noise, "Noise")) return;
  natural_row(ctx, {"seed"});
  slider_row(ctx, {"noise_width", "Width", "x(0) = width × the model's own noise", "1"},
             {0, 3, 0.01, 1, "× %.2f"});
  const FieldRow row{"round"};
  begin_row(ctx, {"round"});
  const std::string label = fmt::format("New noise  ({})", ctx.scene.round);
  if (text_button(ctx, "new", label, "Starts again from new noise of the same seed.   N", {},
                  ImGui::GetContentRegionAvail().x))
    ctx.session.post(Verb::new_noise);
  end_row(ctx, row);
}

void draw_time(UiContext& ctx) {
  if (!section(ctx, Section::time, "Time", 800)) return;
  const Model* model = ctx.now.model.get();
  const std::string own(model ? tableau(model->program.integrator).name : "own");
  const std::string own_label = own + " (the model's own)";
  const char* const integrators[] = {own_label.c_str(), "Euler", "midpoint", "Heun",
                                     "Runge–Kutta 4"};
  choice_row(ctx, {"integrator", nullptr, "x(t + dt) = x(t) + dt Σ bᵢ kᵢ", "model"}, integrators,
             ctx.scene.integrator ? nullptr : own.c_str());
  const int steps = ctx.scene.steps_per_chunk;
  const std::string shown =
      steps == 0 ? (model ? fmt::format("{} (own)", model->program.steps_per_chunk) : "own")
                 : fmt::format("{}", steps);
  slider_row(ctx, {"steps_per_chunk", "Steps / chunk", "dt = chunk's duration / steps", "0"},
             {0, 32, 1, 1, "%.0f"}, shown.c_str());
}

void draw_wall_size(UiContext& ctx) {
  if (!section(ctx, Section::wall, "Wall", 880)) return;
  const std::string shown = fmt::format("{0} × {0}", ctx.scene.wall);
  slider_row(ctx, {"wall", "Samples"}, {1, 16, 1, 1, "%.0f"}, shown.c_str());
  slider_row(ctx, {"hold", "Hold"}, {0, 10, 0.1, 1.5, "%.1f s"});
  check_row(ctx, {"new_noise_after_hold", "Loop"});
}

}  // namespace

void draw_controls(UiContext& ctx) {
  draw_model(ctx);
  draw_labels(ctx);
  draw_hardware(ctx);
  draw_trail(ctx);
  draw_noise(ctx);
  draw_time(ctx);
  draw_wall_size(ctx);
  draw_cost_model(ctx);
}

}  // namespace phaseloom
