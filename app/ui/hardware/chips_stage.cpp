// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/hardware/chips.hpp"
#include "app/ui/hardware/stage_notice.hpp"
#include "app/ui/toolkit/no_model.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

void offer_to_build(UiContext& ctx, Box area, const char* title, std::string words, ImU32 colour,
                    const char* button) {
  if (draw_notice(ctx, area,
                  {title, std::move(words), colour, "begin chips", button,
                   "Builds and judges them in the background.   Space"}))
    ctx.session.post(verbs::chips_start);
}

}  // namespace

void draw_chips_stage(UiContext& ctx, Box area) {
  const ChipsSnapshot& chips = chips_of(ctx);
  const ChipPopulation* const population = shown_population(ctx, chips);
  const bool any = population && !population->chips.empty();
  if (!any && (chips.running || chips.preparing))
    return draw_busy(ctx, area,
                     chips.preparing ? "Reading the pictures that judge …" : "The first device …");
  if (!any && !ctx.now.model) return draw_no_model(ctx, area);
  if (!any && !chips.problem.empty())
    return offer_to_build(ctx, area, "No device could be judged", chips.problem,
                          ctx.colours.warning, "Try again");
  if (!any) {
    const ChipsSetup& setup = ctx.scene.chips;
    return offer_to_build(
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
