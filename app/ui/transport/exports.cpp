// SPDX-License-Identifier: MIT
#include "app/ui/transport/exports.hpp"

#include <string>

#include "app/commands/transport_verbs.hpp"
#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/focus.hpp"

namespace phaseloom {
namespace {

void export_paths_table(UiContext& ctx) {
  if (!may_export(ctx, "transport.export FILE")) return;
  ctx.session.post(verbs::transport_export, free_file("transport-paths", ".csv"));
}

void export_flow_picture(UiContext& ctx) {
  if (!may_export(ctx, "transport.picture FILE")) return;
  ctx.session.post(verbs::transport_picture, free_file("transport", ".png"));
}

void export_flow_film(UiContext& ctx, bool film) {
  if (!may_export(ctx, "transport.film FILE")) return;
  constexpr const char* kStem = "transport-flow";
  ctx.session.post(verbs::transport_film,
                   film ? free_file(kStem, ".mp4") : free_file(kStem, "") + "/picture-##.png");
}

}  // namespace

void export_results_table(UiContext& ctx) {
  if (!may_export(ctx, "transport.grid_export FILE")) return;
  ctx.session.post(verbs::transport_grid_export, free_file("transport-results", ".csv"));
}

void draw_flow_exports(UiContext& ctx) {
  const Choice picture[] = {{"PNG", "The stage as it is now, without its controls.", true}};
  if (export_row(ctx, "Picture of the stage", picture, ctx.transport.source != nullptr)) {
    export_flow_picture(ctx);
    ctx.transient.exporting = false;
  }
  const bool writing = writes_film(ctx);
  const bool can = ctx.transport.picture || !ctx.transport.row.empty();
  const Choice film[] = {
      {"MP4", "A film of the points on their way, with all that the stage shows. Needs ffmpeg.",
       !writing},
      {"PNG row", "Pictures of the points on their way, in a folder of their own.", !writing}};
  if (const char* what = export_row(ctx, "Points travelling", film, can)) {
    export_flow_film(ctx, *what == 'M');
    focus_on_dialog(ctx);  // on the button below that cancels it
  }
}

void draw_flow_tables(UiContext& ctx) {
  const Choice table[] = {{"CSV", "The numbers behind this plot, as a table.", true}};
  if (export_row(ctx, "Points on their way", table, ctx.transport.picture != nullptr)) {
    export_paths_table(ctx);
    ctx.transient.exporting = false;
  }
  if (!ctx.results.results->empty() &&
      export_row(ctx, "Results of the grid", table, !ctx.results.running)) {
    export_results_table(ctx);
    ctx.transient.exporting = false;
  }
}

}  // namespace phaseloom
