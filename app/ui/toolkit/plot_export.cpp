// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/plot_export.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

void offer_plot(UiContext& ctx, const char* name, const char* title,
                std::span<const PlotColumn> columns) {
  Transient& t = ctx.transient;
  note_place(ctx, name);
  const bool empty = columns.front().values.empty();
  if (!empty) t.plots_offered.push_back({name, title});
  std::erase_if(t.plots_wanted, [&](const auto& wanted) {
    if (wanted.first != name) return false;
    try {
      if (empty) fail("export.plot: {} has no numbers yet", name);
      export_plot(columns, wanted.second);
      ctx.session.tell(Message::Level::info, fmt::format("{}: written", wanted.second));
    } catch (const std::exception& error) {
      ctx.session.tell(Message::Level::error, error.what());
    }
    return true;
  });
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(8), ctx.px(6)});
  if (!empty && ImGui::BeginPopupContextItem(name)) {
    if (ImGui::Selectable("Export as CSV")) export_plot_table(ctx, name);
    const bool copy = ImGui::Selectable("Copy as CSV");
    note_place(ctx, fmt::format("copy {}", name));
    if (copy) ImGui::SetClipboardText(print_plot(columns).c_str());
    if (pressed(ctx, "Escape")) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

void refuse_other_plots(UiContext& ctx) {
  Transient& t = ctx.transient;
  for (const auto& [name, file] : std::exchange(t.plots_wanted, {})) {
    std::string there;
    for (const auto& plot : t.plots_offered)
      there += fmt::format("{}{}", there.empty() ? "" : ", ", plot.name);
    ctx.session.tell(Message::Level::error,
                     fmt::format("export.plot: {} is not on the screen; {}", name,
                                 there.empty() ? "no plot is" : "these are: " + there));
  }
}

}  // namespace phaseloom
