// SPDX-License-Identifier: MIT
// What can be written, and where it goes (Ctrl+E).

#include <fmt/format.h>

#include "app/commands/share_verbs.hpp"
#include "app/ui/frame/workspaces.hpp"
#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void draw_export(UiContext& ctx) {
  Transient& t = ctx.transient;
  if (t.exporting && !ImGui::IsPopupOpen("export")) ImGui::OpenPopup("export");
  if (!ImGui::IsPopupOpen("export")) return;
  if (!begin_dialog(ctx, "export", 520)) return;
  if (ImGui::IsWindowAppearing()) focus_on_dialog(ctx);
  text(ctx, ctx.fonts.strong, ctx.colours.text, "Export");
  const WorkspaceView& view = present_workspace(ctx);
  if (view.export_pictures) {
    view.export_pictures(ctx);
    draw_film_progress(ctx);
  }
  const Choice table[] = {{"CSV", "The numbers behind this plot, as a table.", true}};
  for (const OfferedPlot& plot : t.plots_offered)
    if (export_row(ctx, plot.title, table, true)) {
      export_plot_table(ctx, plot.name);
      t.exporting = false;
    }
  if (view.export_tables) view.export_tables(ctx);
  const Choice copy[] = {
      {"Copy as text",
       "The whole scene as one line for mail or chat; Ctrl+V opens it.   Ctrl+Shift+C", true}};
  if (export_row(ctx, "Scene", copy, true)) {
    ctx.session.post(verbs::scene_copy);
    t.exporting = false;
  }
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.caption, ctx.colours.faint,
       fmt::format("Files go to {}, under a name that says what they are. A right click on a plot "
                   "exports or copies its numbers, too.",
                   shown_user_files_folder(ctx)));
  ImGui::PopTextWrapPos();
  const float button = ctx.px(92);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - button);
  if (text_button(ctx, "close export", "Close", {}, {}, button) || pressed_beside_dialog() ||
      !t.exporting || pressed(ctx, "Escape")) {
    t.exporting = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace phaseloom
