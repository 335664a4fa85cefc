// SPDX-License-Identifier: MIT
// What Learn adds to the export window.

#include "app/commands/field_verbs.hpp"
#include "app/commands/playground_verbs.hpp"
#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"

namespace phaseloom {

void draw_learn_exports(UiContext& ctx) {
  const Choice array[] = {{"NPY", "The field's phases as they are now: [row][column].", true}};
  if (shows_field(ctx) &&
      export_row(ctx, "Phases of the field", array, field_of(ctx).phases != nullptr)) {
    if (may_export(ctx, "field.export FILE"))
      ctx.session.post(verbs::field_export, free_file("field", ".npy"));
    ctx.transient.exporting = false;
  }
}

void draw_learn_tables(UiContext& ctx) {
  if (shows_field(ctx)) return;
  const bool there = playground_of(ctx).there();
  const Choice moments[] = {{"CSV", "States of all units at the last moments.", true}};
  if (export_row(ctx, "The last moments", moments, there)) {
    if (may_export(ctx, "playground.export FILE"))
      ctx.session.post(verbs::playground_export, free_file("playground", ".csv"));
    ctx.transient.exporting = false;
  }
  const Choice graph[] = {
      {"CSV", "The couplings as a list of edges that other programs read.", true}};
  if (export_row(ctx, "The network", graph, there)) {
    if (may_export(ctx, "playground.graph FILE"))
      ctx.session.post(verbs::playground_graph, free_file("graph", ".csv"));
    ctx.transient.exporting = false;
  }
}

}  // namespace phaseloom
