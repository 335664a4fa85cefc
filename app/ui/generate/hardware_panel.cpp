// SPDX-License-Identifier: MIT
// What real hardware would make of the network; each is live, each has its way back to the ideal.

#include <fmt/format.h>

#include "app/commands/quality_verbs.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/bits_row.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

namespace {

/// At the right end of the heading: back to the hardware that the model was trained for, and to
/// none.
struct WaysBack {
  bool wide;
  float trained, gap, all;
  explicit WaysBack(const UiContext& ctx)
      : wide(ImGui::GetContentRegionAvail().x > ctx.px(232)),
        trained(ctx.px(wide ? 80 : 54)),
        gap(ctx.px(4)),
        all(ctx.px(wide ? 66 : 44)) {}
  float width() const { return trained + gap + all; }
};

void draw_ways_back(UiContext& ctx, const WaysBack& ways) {
  const bool wide = ways.wide;
  const auto& trained = present_facts(ctx).hardware;
  const bool ideal = ctx.scene.hardware.ideal();
  const bool there = trained && is_as_trained(*trained, ctx.scene);
  if (text_button(ctx, "trained", wide ? "As trained" : "Trained",
                  !trained
                      ? "The file of this model does not say which hardware it was trained for."
                  : there ? "This is the hardware that the model was trained for."
                          : "Sets the hardware that the model was trained for (bits, grid, "
                            "density, noise, mismatch): one entry of undo.",
                  {.enabled = trained && !there}, ways.trained))
    ctx.session.post(verbs::as_trained);
  ImGui::SameLine(0, ways.gap);
  if (text_button(ctx, "all", wide ? "All ideal" : "Ideal",
                  ideal ? "The hardware is ideal."
                        : "Takes all effects of the hardware away: one entry of undo.",
                  {.enabled = !ideal}, ways.all)) {
    ctx.session.begin_gesture();
    Scene without = ctx.scene;
    without.hardware = without.hardware.idealised();
    for (const SceneField& field : hardware_fields())
      if (const std::string value = field.print(without); value != field.print(ctx.scene))
        ctx.session.set(field.name, value);
    ctx.session.end_gesture();
  }
}

}  // namespace

void draw_hardware(UiContext& ctx) {
  const WaysBack ways(ctx);
  const bool open = section(ctx, Section::hardware, "Hardware", 0, ways.width() + ctx.px(6));
  const float below = ImGui::GetCursorPosY();
  go_beside_section(ctx.px(4));
  draw_ways_back(ctx, ways);
  ImGui::SetCursorPosY(below);
  if (!open) return;
  draw_bits_row(ctx, {"hardware.bits", "Bits", "W on the grid of b bits", "0"},
                ctx.scene.hardware.bits);
  draw_grid_row(ctx, {"hardware.grid"}, ctx.scene.hardware.bits);
  draw_gain_row(ctx, {"hardware.gain"}, ctx.scene.hardware.bits);
  slider_row(ctx, {"hardware.density", nullptr, "share of the W_ij that are not 0", "1"},
             {0.01, 1, 0, 1.5, "%.3f"});
  slider_row(ctx, {"hardware.weight_noise", nullptr, "W (1 + δ ε), ε per sample", "0"},
             {0, 1, 0, 2, "δ = %.3f"});
  slider_row(ctx, {"hardware.mismatch", nullptr, "W (1 + δs ε), ε per device", "0"},
             {0, 1, 0, 2, "δs = %.3f"});
  {
    const Unavailable dimmed(
        ctx, ctx.scene.hardware.mismatch == 0 ? "without mismatch all devices are alike" : "");
    natural_row(ctx, {"hardware.device"});
  }
  slider_row(ctx, {"hardware.phase_noise", nullptr, "dx = f dt + σ dw", "0"},
             {0, 2, 0, 2, "σ = %.3f"});
}

}  // namespace phaseloom
