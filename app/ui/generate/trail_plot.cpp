// SPDX-License-Identifier: MIT
// The energy-quality trail: a dot for every setting that was held until its quality was known.

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/quality_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/exports.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/trail_view.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/question.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

void ask_to_clear(UiContext& ctx) {
  const std::size_t dots = ctx.session.trail().dots().size();
  ask(ctx, {"Forget the trail?",
            fmt::format("{} measured {} gone then; undo does not bring {} back. The button beside "
                        "writes {} as a table first.",
                        dots, dots == 1 ? "setting is" : "settings are", dots == 1 ? "it" : "them",
                        dots == 1 ? "it" : "them"),
            {{"Forget", "Clears the trail.",
              [](UiContext& now) { now.session.post(verbs::trail_clear); }}},
            {}});
}

/// Returns whether the section is open.
bool draw_heading(UiContext& ctx) {
  const ButtonLook look{.enabled = !ctx.session.trail().dots().empty(), .frame = false};
  const float height = ctx.px(22);
  const bool open = section(ctx, Section::trail, "Energy and quality", 600, 3 * height + ctx.px(6));
  const float below = ImGui::GetCursorPosY();
  go_beside_section(ctx.px(3));
  const bool large = ctx.state.stage == OnStage::trail;
  if (icon_button(ctx, "enlarge trail", Icon::enlarge, height,
                  large ? "Shows the wall of samples again."
                        : "Shows the trail on the stage: with names, error bars, and a limit of "
                          "quality that is answered.",
                  {}, {.chosen = large, .frame = false}))
    ctx.session.post(verbs::trail_show, large ? "off" : "on");
  ImGui::SameLine(0, 0);
  if (icon_button(ctx, "export trail", Icon::save, height,
                  "Writes the trail as a table (.csv) to ~/Phaseloom.", {}, look))
    export_trail_table(ctx);
  ImGui::SameLine(0, 0);
  if (icon_button(ctx, "clear trail", Icon::close, height, "Forgets these dots.", {}, look))
    ask_to_clear(ctx);
  ImGui::SetCursorPosY(below);
  return open;
}

/// Words in the middle of a plot, a line each; what is behind them stands back.
void draw_words(UiContext& ctx, const Plot& plot, std::span<const std::string> lines) {
  ImFont* font = ctx.fonts.caption;
  const float line = font->FontSize + ctx.px(2);
  float y = (plot.min().y + plot.max().y - line * static_cast<float>(lines.size())) / 2;
  float widest = 0;
  for (const std::string& words : lines) widest = std::max(widest, text_width(font, words));
  const float centre = (plot.min().x + plot.max().x) / 2, pad = ctx.px(4);
  plot.list().AddRectFilled(
      {centre - widest / 2 - pad, y - pad},
      {centre + widest / 2 + pad, y + line * static_cast<float>(lines.size()) + pad},
      ctx.colours.panel, ctx.px(3));
  for (const std::string& words : lines) {
    draw_text(plot.list(), font, {(plot.min().x + plot.max().x - text_width(font, words)) / 2, y},
              ctx.colours.faint, words);
    y += line;
  }
}

void draw_plot(UiContext& ctx) {
  const TrailView view = trail_view(ctx);
  const Plot plot(ctx, "trail plot", ctx.px(156), view.energy, view.distance);
  note_place(ctx, "trail");
  const bool clicked = plot.clicked();
  draw_trail_marks(ctx, plot, view);
  if (draw_trail_dots(ctx, plot, view, clicked, 3.5f)) return;
  if (view.spots.empty()) {
    const bool never = ctx.quality.state == QualitySnapshot::State::unavailable;
    const std::string why[] = {"no quality, no trail"};
    const std::string how[] = {"Hold a setting until 1,000", "images are judged: it",
                               "leaves a dot here."};
    draw_words(ctx, plot, never ? std::span<const std::string>(why) : how);
  }
  hint(ctx,
       "Energy per image against the distance to real pictures, 1 being that of a Gaussian of the "
       "pixels: down and left is better. Each dot is a setting of the hardware that was held for "
       "1,000 judged images, all priced alike by the cost model; open ones are float weights, "
       "grey ones of other models, the line joins those that no other is better than. Blue: where "
       "the controls are; dashed: published, 23 µJ.");
}

}  // namespace

void draw_trail(UiContext& ctx) {
  if (!draw_heading(ctx)) return;
  draw_plot(ctx);
  draw_hold_row(ctx);
}

}  // namespace phaseloom
