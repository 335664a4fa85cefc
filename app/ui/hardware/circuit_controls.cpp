// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/circuit.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Of a window that is a proper part of the grid; 0 without a network.
int largest_window(const UiContext& ctx) {
  if (!ctx.now.model) return 0;
  return std::min(ctx.now.grid.width, ctx.now.grid.height) - 1;
}

void draw_window_row(UiContext& ctx) {
  constexpr double kUsual = 27;
  const int most = largest_window(ctx), side = window_side(ctx);
  const std::string shown = side > 0 ? fmt::format("{} x {}", side, side) : std::string("whole");
  slider_row(ctx, {"circuit.tile"}, {0, most > 0 ? double(most) : kUsual, 1, 1, "%.0f"},
             shown.c_str());
}

/// By decades: finer says nothing more.
void draw_tolerance_row(UiContext& ctx) {
  const FieldRow row{"circuit.reltol"};
  const SceneField& field = scene_field(row.field);
  const float width = begin_row(ctx, row);
  double exponent = std::log10(ctx.scene.circuit.reltol);
  const bool changed = slider(
      ctx, "value", exponent, {std::log10(field.min), std::log10(field.max), 1, 1, "%.0f"}, width,
      fmt::format("{:.2g}", ctx.scene.circuit.reltol).c_str(), SliderInput::drag_only);
  note_place(ctx, row.field);
  if (changed)
    ctx.session.set(row.field,
                    std::clamp(std::stod(fmt::format("1e{:.0f}", exponent)), field.min, field.max));
  hint(ctx, field_help(row) + "\nEach chunk is run at ten times of it, too. Drag.");
  end_row(ctx, row);
}

}  // namespace

int window_side(const UiContext& ctx) {
  const int tile = ctx.scene.circuit.tile, most = largest_window(ctx);
  return ctx.now.model && tile > most ? 0 : tile;
}

void draw_circuit_controls(UiContext& ctx) {
  draw_design(ctx);
  slider_row(ctx, {"hardware.weight_noise", nullptr, "W (1 + δ ε), ε per sample", "0"},
             {0, 1, 0, 2, "δ = %.3f"});
  slider_row(ctx, {"hardware.mismatch", nullptr, "W (1 + δs ε), ε per device", "0"},
             {0, 1, 0, 2, "δs = %.3f"});
  slider_row(ctx, {"hardware.phase_noise", nullptr, "dx = f dt + σ dw", "0"},
             {0, 2, 0, 2, "σ = %.3f"});
  heading(ctx, "Circuit");
  draw_window_row(ctx);
  natural_row(ctx, {"circuit.sample"});
  draw_tolerance_row(ctx);
}

}  // namespace phaseloom
