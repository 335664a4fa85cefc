// SPDX-License-Identifier: MIT
// What can be written, and where it goes (Ctrl+E).

#include <fmt/format.h>

#include <algorithm>

#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Words on the left, buttons on the right end of the same line; returns the one clicked.
const char* row(UiContext& ctx, const char* title, std::span<const Choice> files, bool enabled) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const float button = ctx.px(92), gap = ctx.px(6);
  const float buttons = static_cast<float>(files.size()) * (button + gap) - gap;
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text,
            {at.x, at.y + (height - ctx.fonts.text->FontSize) / 2},
            enabled ? ctx.colours.text : ctx.colours.disabled, title, room - buttons - gap);
  const char* clicked = nullptr;
  float x = at.x + room - buttons;
  ImGui::PushID(title);
  for (const Choice& file : files) {
    ImGui::SetCursorScreenPos({x, at.y});
    const std::string id = fmt::format("export {} {}", title, file.label);
    if (text_button(ctx, id.c_str(), file.label, file.help, {.enabled = enabled && file.enabled},
                    button))
      clicked = file.label.c_str();
    x += button + gap;
  }
  ImGui::PopID();
  return clicked;
}

void draw_wall_rows(UiContext& ctx) {
  const bool can = ctx.now.model != nullptr;
  const Choice wall[] = {{"PNG", "One picture of all of them.", true},
                         {"NPY", "float32 [sample][row][column] in [0, 1], for NumPy.", true}};
  if (const char* what = row(ctx, "Images on the wall", wall, can)) {
    export_wall_images(ctx, *what == 'P' ? ".png" : ".npy");
    ctx.transient.exporting = false;
  }
  const Choice states[] = {
      {"NPY", "float32 [sample][oscillator]: θ in rad, as they are now.", true}};
  if (row(ctx, "States of all oscillators", states, can)) {
    export_state_array(ctx);
    ctx.transient.exporting = false;
  }
  const bool writing = ctx.session.film()->state == FilmSnapshot::State::writing;
  const Choice film[] = {
      {"MP4",
       "A film of the whole run in the view that is chosen, at the speed it plays. Needs "
       "ffmpeg.",
       !writing},
      {"PNG row",
       "A picture for each step of the run in the view that is chosen, in a folder of their "
       "own.",
       !writing}};
  if (const char* what = row(ctx, "Images forming, from the noise on", film, can)) {
    export_forming(ctx, *what == 'M');
    focus_on_dialog(ctx);  // on the button below that cancels it
  }
}

void draw_flow_rows(UiContext& ctx) {
  const Choice picture[] = {{"PNG", "The stage as it is now, without its controls.", true}};
  if (row(ctx, "Picture of the stage", picture, ctx.transport.source != nullptr)) {
    export_flow_picture(ctx);
    ctx.transient.exporting = false;
  }
  const bool writing = ctx.session.film()->state == FilmSnapshot::State::writing;
  const bool can = ctx.transport.picture || !ctx.transport.row.empty();
  const Choice film[] = {
      {"MP4", "A film of the points on their way, with all that the stage shows. Needs ffmpeg.",
       !writing},
      {"PNG row", "Pictures of the points on their way, in a folder of their own.", !writing}};
  if (const char* what = row(ctx, "Points travelling", film, can)) {
    export_flow_film(ctx, *what == 'M');
    focus_on_dialog(ctx);  // on the button below that cancels it
  }
}

void draw_film(UiContext& ctx) {
  const FilmSnapshot& film = *ctx.session.film();
  if (film.state != FilmSnapshot::State::writing) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const float button = ctx.px(92), width = room - button - ctx.px(6);
  const float share =
      static_cast<float>(film.pictures) / static_cast<float>(std::max(1, film.wanted));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = ImGui::GetStyle().FrameRounding;
  list.AddRectFilled(at, {at.x + width, at.y + height}, ctx.colours.raised, rounding);
  list.AddRectFilled(at, {at.x + width * share, at.y + height}, ctx.colours.accent_dim, rounding);
  draw_text(list, ctx.fonts.text,
            {at.x + ctx.px(8), at.y + (height - ctx.fonts.text->FontSize) / 2}, ctx.colours.text,
            fmt::format("picture {} of {}", film.pictures, film.wanted));
  ImGui::SetCursorScreenPos({at.x + room - button, at.y});
  if (text_button(ctx, "cancel film", "Cancel", "Nothing is left of the film.", {}, button))
    ctx.session.post(Verb::export_cancel);
}

}  // namespace

void draw_export(UiContext& ctx) {
  Transient& t = ctx.transient;
  if (t.exporting && !ImGui::IsPopupOpen("export")) ImGui::OpenPopup("export");
  if (!ImGui::IsPopupOpen("export")) return;
  if (!begin_dialog(ctx, "export", 520)) return;
  if (ImGui::IsWindowAppearing()) focus_on_dialog(ctx);
  text(ctx, ctx.fonts.strong, ctx.colours.text, "Export");
  if (ctx.state.workspace == Workspace::generate) {
    draw_wall_rows(ctx);
    draw_film(ctx);
  }
  if (ctx.state.workspace == Workspace::transport) {
    draw_flow_rows(ctx);
    draw_film(ctx);
  }
  const Choice table[] = {{"CSV", "The numbers behind this plot, as a table.", true}};
  for (const OfferedPlot& plot : t.plots_offered)
    if (row(ctx, plot.title, table, true)) {
      export_plot_table(ctx, plot.name);
      t.exporting = false;
    }
  if (ctx.state.workspace == Workspace::generate &&
      row(ctx, "Energy-quality trail", table, !ctx.session.trail().dots().empty())) {
    export_trail_table(ctx);
    t.exporting = false;
  }
  if (ctx.state.workspace == Workspace::transport &&
      row(ctx, "Points on their way", table, ctx.transport.picture != nullptr)) {
    export_paths_table(ctx);
    t.exporting = false;
  }
  if (ctx.state.workspace == Workspace::transport && !ctx.results.results->empty() &&
      row(ctx, "Results of the grid", table, !ctx.results.running)) {
    export_results_table(ctx);
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
