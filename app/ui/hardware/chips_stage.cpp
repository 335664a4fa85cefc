// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/hardware/chips.hpp"
#include "app/ui/toolkit/no_model.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Words, and a button that begins below them.
void draw_notice(UiContext& ctx, Box area, const char* title, std::string_view words, ImU32 colour,
                 const char* button) {
  float y = area.min.y + std::max(ctx.px(16), area.height() * 0.5f - ctx.px(100));
  centred(ctx, ctx.fonts.strong, ctx.colours.text, title, area, y);
  y += ctx.px(6);
  centred(ctx, ctx.fonts.text, colour, words, area, y);
  y += ctx.px(14);
  const float width = ctx.px(150);
  ImGui::SetCursorScreenPos({std::floor((area.min.x + area.max.x - width) / 2), y});
  if (text_button(ctx, "begin chips", button, "Builds and judges them in the background.   Space",
                  {.chosen = true}, width))
    ctx.session.post(verbs::chips_start);
}

}  // namespace

void draw_chips_stage(UiContext& ctx, Box area) {
  const ChipsSnapshot& chips = chips_of(ctx);
  const ChipPopulation* const population = shown_population(ctx, chips);
  const bool any = population && !population->chips.empty();
  if (!any && (chips.running || chips.preparing)) {
    float y = (area.min.y + area.max.y) / 2 - ctx.px(30);
    centred(ctx, ctx.fonts.strong, ctx.colours.text,
            chips.preparing ? "Reading the pictures that judge …" : "The first device …", area, y);
    y += ctx.px(12);
    return draw_busy_bar(ctx, area, y);
  }
  if (!any && !ctx.now.model) return draw_no_model(ctx, area);
  if (!any && !chips.problem.empty())
    return draw_notice(ctx, area, "No device could be judged", chips.problem, ctx.colours.warning,
                       "Try again");
  if (!any) {
    const ChipsSetup& setup = ctx.scene.chips;
    return draw_notice(
        ctx, area, "No chip has been built yet",
        fmt::format("No two chips are alike: each has its own mismatch. {} of the design on the "
                    "wall are built with a spread of {:.3g} and judged by {} each, then the same "
                    "ones with {}.",
                    counted(setup.devices, "device"), setup.mismatch,
                    counted(setup.samples, "picture"),
                    counted(std::ssize(setup.mismatches), "other spread")),
        ctx.colours.faint, "Build them");
  }
  const float height = std::floor(std::clamp(area.height() * 0.45f, ctx.px(110), ctx.px(420)));
  ImGui::SetCursorScreenPos({area.min.x, area.min.y + ctx.px(4)});
  draw_chip_histogram(ctx, *population, height);
  draw_chip_pictures(ctx, chips, *population,
                     {{area.min.x, area.min.y + height + ctx.px(16)}, area.max});
  const std::string words =
      chips.running ? std::string()
                    : made_otherwise(ctx.scene, ctx.session.part<ChipsPart>().begun_with());
  if (!words.empty()) draw_stale(ctx, *ImGui::GetWindowDrawList(), area, words);
}

}  // namespace phaseloom
