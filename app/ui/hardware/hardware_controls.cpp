// SPDX-License-Identifier: MIT
// The row of pages, and the design on the wall, which all of them are about.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/hardware_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/hardware_zones.hpp"
#include "app/ui/toolkit/bits_row.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/models.hpp"
#include "app/ui/toolkit/typing.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

void draw_pages(UiContext& ctx) {
  std::vector<Choice> choices;
  for (const HardwarePage& page : hardware_pages()) choices.push_back({page.label, page.help});
  const auto taken =
      choose_one(ctx, "hardware page", choices, static_cast<int>(ctx.state.hardware.page),
                 ImGui::GetContentRegionAvail().x);
  if (taken) ctx.session.post(verbs::hardware_show, name_of(static_cast<DesignView::Page>(*taken)));
}

void draw_model_row(UiContext& ctx) {
  const FieldRow row{"model", "Network"};
  const float width = begin_row(ctx, row);
  const std::vector<std::string>& models = known_models(ctx);
  const auto at = std::ranges::find(models, ctx.scene.model);
  const std::string help = field_help(row);
  if (const auto taken = drop_down(
          ctx, {.name = row.field,
                .entries = models,
                .chosen = at == models.end() ? -1 : static_cast<int>(at - models.begin()),
                .shown = legible(std::filesystem::path(unescaped(ctx.scene.model)).stem().string()),
                .width = width,
                .help = help}))
    ctx.session.set(row.field, models[static_cast<std::size_t>(*taken)]);
  end_row(ctx, row);
}

}  // namespace

void draw_design(UiContext& ctx) {
  heading(ctx, "Design on the wall");
  draw_model_row(ctx);
  const Hardware& hardware = ctx.scene.hardware;
  draw_bits_row(ctx, {"hardware.bits", "Bits", "W on the grid of b bits", "0"}, hardware.bits);
  draw_gain_row(ctx, {"hardware.gain"}, hardware.bits);
  slider_row(ctx, {"hardware.density", nullptr, "share of the W_ij that are not 0", "1"},
             {0.01, 1, 0, 1.5, "%.3f"});
}

void draw_list_row(UiContext& ctx, const FieldRow& row) {
  const float width = begin_row(ctx, row);
  const std::string printed = print_field(ctx.scene, row.field);
  std::string values = printed;
  text_field(ctx, "values", values, width, ctx.fonts.mono);
  if (values != printed && !typing(ctx, ImGui::GetID("values"))) ctx.session.set(row.field, values);
  note_place(ctx, row.field);
  hint(ctx, field_help(row) + "\nClick to type; blanks between values.");
  end_row(ctx, row);
}

void draw_hardware_controls(UiContext& ctx) {
  draw_pages(ctx);
  present_page(ctx).controls(ctx);
}

}  // namespace phaseloom
