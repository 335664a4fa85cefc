// SPDX-License-Identifier: MIT
#include "app/ui/generate/exports.hpp"

#include <fmt/format.h>

#include <string>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/export_verbs.hpp"
#include "app/commands/quality_verbs.hpp"
#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/export_row.hpp"
#include "app/ui/toolkit/focus.hpp"

namespace phaseloom {
namespace {

/// Of what is on the wall, which must not be empty.
std::string stem_of_run(const UiContext& ctx, bool with_step) {
  return fmt::format("{}-seed{}-round{}{}", ctx.now.model->name, ctx.now.scene.seed,
                     ctx.now.scene.round,
                     with_step ? fmt::format("-step{}", ctx.now.step) : std::string());
}

void export_wall_images(UiContext& ctx, const char* extension) {
  if (!ctx.now.model || !may_export(ctx, "export FILE")) return;
  ctx.session.post(verbs::export_wall, free_file(stem_of_run(ctx, true), extension));
}

void export_state_array(UiContext& ctx) {
  if (!ctx.now.model || !may_export(ctx, "export.states FILE")) return;
  const std::string stem = stem_of_run(ctx, true) + "-states";
  ctx.session.post(verbs::export_states, free_file(stem, ".npy"));
}

void export_forming(UiContext& ctx, bool film) {
  if (!ctx.now.model || !may_export(ctx, "export.film FILE")) return;
  const std::string stem = stem_of_run(ctx, false) + "-forming";
  if (film) {
    ctx.session.post(verbs::export_film, free_file(stem, ".mp4"));
    return;
  }
  ctx.session.post(verbs::export_film, free_file(stem, "") + "/step-###.png");
}

}  // namespace

void export_trail_table(UiContext& ctx) {
  if (!may_export(ctx, "trail.export FILE")) return;
  ctx.session.post(verbs::trail_export, free_file("trail", ".csv"));
}

void draw_wall_exports(UiContext& ctx) {
  const bool can = ctx.now.model != nullptr;
  const Choice wall[] = {{"PNG", "One picture of all of them.", true},
                         {"NPY", "float32 [sample][row][column] in [0, 1], for NumPy.", true}};
  if (const char* what = export_row(ctx, "Images on the wall", wall, can)) {
    export_wall_images(ctx, *what == 'P' ? ".png" : ".npy");
    ctx.transient.exporting = false;
  }
  const Choice states[] = {
      {"NPY", "float32 [sample][oscillator]: θ in rad, as they are now.", true}};
  if (export_row(ctx, "States of all oscillators", states, can)) {
    export_state_array(ctx);
    ctx.transient.exporting = false;
  }
  const bool writing = writes_film(ctx);
  const Choice film[] = {
      {"MP4",
       "A film of the whole run in the view that is chosen, at the speed it plays. Needs "
       "ffmpeg.",
       !writing},
      {"PNG row",
       "A picture for each step of the run in the view that is chosen, in a folder of their "
       "own.",
       !writing}};
  if (const char* what = export_row(ctx, "Images forming, from the noise on", film, can)) {
    export_forming(ctx, *what == 'M');
    focus_on_dialog(ctx);  // on the button below that cancels it
  }
}

void draw_trail_exports(UiContext& ctx) {
  const Choice table[] = {{"CSV", "The numbers behind this plot, as a table.", true}};
  if (export_row(ctx, "Energy-quality trail", table, !ctx.session.trail().dots().empty())) {
    export_trail_table(ctx);
    ctx.transient.exporting = false;
  }
}

}  // namespace phaseloom
