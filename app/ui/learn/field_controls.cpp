// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <numbers>
#include <string>

#include "app/ui/learn/field_view.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

bool shows_field(const UiContext& ctx) { return ctx.scene.playground.preset == Preset::field; }

const FieldSnapshot& field_of(const UiContext& ctx) {
  return ctx.held(ctx.session.part<FieldPart>().latest());
}

void draw_field_controls(UiContext& ctx) {
  const KernelSettings& kernel = ctx.scene.field.settings.kernel;
  heading(ctx, "Field");
  const std::string side = fmt::format("{0} × {0}", ctx.scene.field.settings.width);
  slider_row(ctx, {"field.size"}, {128, 1024, 128, 1, "%.0f"}, side.c_str());
  const char* const shapes[] = {"Gaussian", "square", "cross", "difference"};
  choice_row(ctx, {"field.kernel"}, shapes);
  slider_row(ctx, {"field.radius"}, {1, 16, 1, 1, "r = %.0f"});
  const bool gaussian =
      kernel.shape == KernelShape::gaussian || kernel.shape == KernelShape::difference;
  {
    const Unavailable dimmed(ctx, gaussian ? "" : "of Gaussians");
    slider_row(ctx, {"field.sigma", nullptr, "exp(−d² / 2σ²)"}, {0.5, 8, 0.1, 1, "σ = %.1f"});
  }
  {
    const Unavailable dimmed(ctx, kernel.shape == KernelShape::difference ? "" : "of a difference");
    slider_row(ctx, {"field.surround_sigma"}, {0.5, 16, 0.1, 1, "σ = %.1f"});
    slider_row(ctx, {"field.surround_share"}, {0, 2, 0.01, 1, "%.2f"});
  }
  heading(ctx, "Units");
  slider_row(ctx, {"field.coupling", nullptr, "K"}, {-3, 5, 0.01, 1, "K = %.2f"});
  const char* const spreads[] = {"Gaussian", "Lorentzian"};
  choice_row(ctx, {"field.frequencies"}, spreads);
  slider_row(ctx, {"field.spread", nullptr, "γ"}, {0, 2, 0.01, 1, "γ = %.2f"});
  slider_row(ctx, {"field.injection", nullptr, "S", "0"}, {0, 2, 0.01, 1, "S = %.2f"});
  slider_row(ctx, {"field.noise", nullptr, "σ dw", "0"}, {0, 2, 0.01, 2, "σ = %.2f"});
  slider_row(ctx, {"field.start_width"}, {0, std::numbers::pi, 0, 1, "± %.2f rad"});
  natural_row(ctx, {"field.seed"});
  heading(ctx, "Time");
  slider_row(ctx, {"field.speed"}, {1, 240, 1, 2, "%.0f steps/s"});
  slider_row(ctx, {"field.dt", nullptr, "dt"}, {0.01, 0.5, 0.01, 1, "dt = %.2f"});
}

}  // namespace phaseloom
