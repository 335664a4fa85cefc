// SPDX-License-Identifier: MIT
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

void draw_invitation(UiContext& ctx) {
  heading(ctx, "Oscillator");
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.text, ctx.colours.faint,
       "Click a pixel on the wall: its sample stays enlarged here, with the oscillator behind the "
       "pixel, who pulls at it, and how it moves.");
  ImGui::PopTextWrapPos();
}

}  // namespace

void draw_inspector(UiContext& ctx) {
  if (!ctx.now.model) {
    heading(ctx, "Inspector");
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.text, ctx.colours.faint,
         "Facts about the network and its oscillators, once a model is running.");
    ImGui::PopTextWrapPos();
    return;
  }
  if (ctx.state.pinned >= 0 && ctx.state.pinned < ctx.now.lanes) draw_sample(ctx);
  // After the sample: its buttons pick and unpick.
  const bool picked = ctx.state.picked >= 0 && ctx.state.picked < ctx.now.grid.units();
  if (picked) {
    draw_oscillator(ctx);
    draw_kernel(ctx);
  } else {
    draw_invitation(ctx);
  }
  draw_network(ctx);
}

}  // namespace phaseloom
