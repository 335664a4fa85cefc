// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "app/commands/experiment_verbs.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Only of what is warm: few networks are made for heat.
void draw_temperature(UiContext& ctx, double own) {
  const double set = ctx.scene.temperature;
  if (own == 0 && set < 0) return;
  const std::string shown = set < 0 ? fmt::format("{:g} (own)", own) : fmt::format("{:.3g}", set);
  slider_row(ctx, {"temperature", "Temperature", "√(2 kT) dw", "-1"}, {0, 1, 0.005, 1, "%.3f"},
             shown.c_str());
}

void draw_noise(UiContext& ctx) {
  if (!section(ctx, Section::noise, "Noise")) return;
  natural_row(ctx, {"seed"});
  slider_row(ctx, {"noise_width", "Width", "x(0) = width × the model's own noise", "1"},
             {0, 3, 0.01, 1, "× %.2f"});
  if (const Model* model = ctx.now.model.get()) draw_temperature(ctx, model->program.temperature);
  const FieldRow row{"round"};
  begin_row(ctx, {"round"});
  const std::string label = fmt::format("New noise  ({})", ctx.scene.round);
  if (text_button(ctx, "new", label, "Starts again from new noise of the same seed.   N", {},
                  ImGui::GetContentRegionAvail().x))
    ctx.session.post(verbs::new_noise);
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
  slider_row(ctx, {"wall", "Samples"}, {1, 64, 1, 2, "%.0f"}, shown.c_str());
  note_place(ctx, "samples");  // "wall" is the wall itself
  slider_row(ctx, {"hold", "Hold"}, {0, 10, 0.1, 1.5, "%.1f s"});
  check_row(ctx, {"new_noise_after_hold", "Loop"});
}

}  // namespace

void draw_controls(UiContext& ctx) {
  draw_model_cards(ctx);
  draw_class_buttons(ctx);
  draw_hardware(ctx);
  draw_trail(ctx);
  draw_noise(ctx);
  draw_time(ctx);
  draw_wall_size(ctx);
  draw_cost_model(ctx);
}

}  // namespace phaseloom
