// What real hardware would make of the network; each is live, each has its way back to the ideal.

#include <fmt/format.h>

#include "app/ui/panels.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {

void draw_bits_row(UiContext& ctx, const FieldRow& row, int bits) {
  const float width = begin_row(ctx, row);
  // 0 is float, 1..8 are 8..1 bits.
  double place = bits == 0 ? 0 : 9 - bits;
  const std::string shown = bits == 0 ? "float" : fmt::format("{} bit", bits);
  const bool changed = slider(ctx, "value", place, {0, 8, 1, 1, "%.0f"}, width, shown.c_str(),
                              SliderInput::drag_only);
  note_place(ctx, row.field);
  follow_gesture(ctx);
  if (changed) {
    const int step = static_cast<int>(place + 0.5);
    ctx.session.set(row.field, step == 0 ? 0 : 9 - step);
  }
  hint(ctx, field_help(row) + "\nFar left is float; to the right 8, 7, ... 1 bit.");
  end_row(ctx, row);
}

void draw_hardware(UiContext& ctx) {
  // "All ideal", at the right end of the heading.
  const bool ideal = ctx.scene.hardware.ideal();
  const float width = ctx.px(76);
  const bool open = section(ctx, Section::hardware, "Hardware", 0, ideal ? 0 : width + ctx.px(6));
  if (!ideal) {
    const float below = ImGui::GetCursorPosY();
    ImGui::SameLine();
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ctx.px(4));
    if (text_button(ctx, "all", "All ideal",
                    "Takes all effects of the hardware away: one entry of undo.", {}, width)) {
      ctx.session.begin_gesture();
      for (const auto& [field, value] :
           {std::pair{"hardware.bits", "0"}, std::pair{"hardware.density", "1"},
            std::pair{"hardware.weight_noise", "0"}, std::pair{"hardware.mismatch", "0"},
            std::pair{"hardware.phase_noise", "0"}})
        if (print_field(ctx.scene, field) != value) ctx.session.set(field, value);
      ctx.session.end_gesture();
    }
    ImGui::SetCursorPosY(below);
  }
  if (!open) return;
  draw_bits_row(ctx, {"hardware.bits", "Bits", "W on the grid of b bits", "0"},
                ctx.scene.hardware.bits);
  if (ctx.scene.hardware.bits > 0) {
    const char* const grids[] = {"2's complement", "symmetric"};
    choice_row(ctx, {"hardware.grid"}, grids);
  }
  slider_row(ctx, {"hardware.density", nullptr, "share of the W_ij that are not 0", "1"},
             {0.01, 1, 0, 1.5, "%.3f"});
  slider_row(ctx, {"hardware.weight_noise", nullptr, "W (1 + δ ε), ε per sample", "0"},
             {0, 1, 0, 2, "δ = %.3f"});
  slider_row(ctx, {"hardware.mismatch", nullptr, "W (1 + δs ε), ε per device", "0"},
             {0, 1, 0, 2, "δs = %.3f"});
  if (ctx.scene.hardware.mismatch > 0) natural_row(ctx, {"hardware.device"});
  slider_row(ctx, {"hardware.phase_noise", nullptr, "dx = f dt + σ dw", "0"},
             {0, 2, 0, 2, "σ = %.3f"});
}

}  // namespace phaseloom
