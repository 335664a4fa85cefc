// SPDX-License-Identifier: MIT
// The buttons of the field's clock, and its status.

#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/commands/field_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/learn/field_view.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/status_line.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_field_time(UiContext& ctx) {
  const FieldSnapshot& now = field_of(ctx);
  const bool playing = ctx.session.part<FieldPart>().playing();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, size = ImGui::GetFrameHeight(),
              gap = ctx.px(4);
  if (icon_button(ctx, "field restart", Icon::restart, size, "Begins again from the start.", "R"))
    ctx.session.post(verbs::field_restart);
  ImGui::SameLine(0, gap);
  if (icon_button(ctx, "field play", playing ? Icon::pause : Icon::play, size,
                  playing ? "Stops time." : "Lets time go on.", "Space", {.chosen = true}))
    ctx.session.post(playing ? verbs::field_pause : verbs::field_play);
  ImGui::SameLine(0, gap);
  if (icon_button(ctx, "field step", Icon::step, size, "One step forward.", "Right"))
    ctx.session.post(verbs::field_step);
  ImGui::SameLine(0, ctx.px(18));
  if (icon_button(ctx, "field seed", Icon::noise, size, "Another seed.", "N"))
    ctx.session.set("field.seed", ctx.scene.field.settings.seed + 1);
  ImGui::SameLine();
  const std::vector<NamedNumber> parts{{"t", fmt::format("{:.1f}", now.time)},
                                       {"r", fmt::format("{:.3f}", now.order)}};
  draw_numbers_line(ctx, parts, corner, width, size, ImGui::GetCursorScreenPos().x - corner.x);
  ImGui::NewLine();
  ImGui::PushTextWrapPos(0);
  text(
      ctx, ctx.fonts.text, ctx.colours.faint,
      "Equal colours are equal phases. Where all colours meet in a point the phase turns once "
      "around it: a vortex. Cut one out with Scatter, plant pairs, and watch them find each other. "
      "Where frequencies differ, arms wind into spirals.");
  ImGui::PopTextWrapPos();
}

void draw_field_status(UiContext& ctx) {
  const FieldSnapshot& now = field_of(ctx);
  StatusLine line(ctx);
  if (!now.phases)
    line.condition(ctx.colours.faint, "Making the field");
  else if (ctx.session.part<FieldPart>().playing())
    line.condition(ctx.colours.accent, "Running");
  else
    line.condition(ctx.colours.faint, "Paused");
  line.number("steps/s", StatusLine::measured(now.steps_per_second, "{:.0f}"),
              "Steps of the field per second, as measured.");
  line.number("step", std::to_string(now.step), "Integrator steps since the start.");
  line.times();
  line.seed(ctx.scene.field.settings.seed);
  line.warning();
}

}  // namespace phaseloom
