// SPDX-License-Identifier: MIT
// The Learn workspace as a value: its zones, what its keys mean, what it exports.

#include <string>

#include "app/commands/field_verbs.hpp"
#include "app/commands/playground_verbs.hpp"
#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"

namespace phaseloom {
namespace {

/// The clock of what is shown: of the network, or of the field.
void toggle(UiContext& ctx) {
  if (shows_field(ctx))
    ctx.session.post(ctx.session.part<FieldPart>().playing() ? verbs::field_pause
                                                             : verbs::field_play);
  else
    ctx.session.post(ctx.session.part<PlaygroundPart>().playing() ? verbs::playground_pause
                                                                  : verbs::playground_play);
}

constexpr WorkspaceKey kKeys[] = {
    {"Space", toggle},
    {"Right",
     [](UiContext& ctx) {
       ctx.session.post(shows_field(ctx) ? verbs::field_step : verbs::playground_step);
     }},
    {"Left",
     [](UiContext& ctx) {
       if (!shows_field(ctx)) ctx.session.post(verbs::playground_back);
     }},
    {"R",
     [](UiContext& ctx) {
       ctx.session.post(shows_field(ctx) ? verbs::field_restart : verbs::playground_restart);
     }},
    {"N",
     [](UiContext& ctx) {
       if (shows_field(ctx))
         ctx.session.set("field.seed", ctx.scene.field.settings.seed + 1);
       else
         another_seed(ctx);
     }},
    {"Delete", remove_picked},
};

/// Escape lets go what is selected.
bool leave(UiContext& ctx) {
  if (ctx.state.playground.picked.empty()) return false;
  ctx.session.post(verbs::playground_unpick);
  return true;
}

std::string scene_name(const UiContext& ctx) {
  return std::string(name_of(ctx.scene.playground.preset));
}

TabDot dot(const UiContext& ctx) {
  const bool playing =
      ctx.session.part<PlaygroundPart>().playing() || ctx.session.part<FieldPart>().playing();
  return playing ? TabDot::active : TabDot::none;
}

}  // namespace

const WorkspaceView kLearnWorkspace{
    .workspace = Workspace::learn,
    .label = "Learn",
    .help = "A playground of small networks: touch them, and see what theory says.",
    .controls = {"learn controls", draw_learn_controls},
    .stage = {"learn stage", draw_learn_stage},
    .side = {"learn plots", draw_learn_plots},
    .below = {"learn time", draw_learn_time},
    .status = {"status", draw_learn_status},
    .side_splitter = "right",
    .side_size = &UiState::right,
    .keys = kKeys,
    .dot = dot,
    .caption = learn_caption,
    .scene_name = scene_name,
    .export_pictures = draw_learn_exports,
    .export_tables = draw_learn_tables,
    .leave = leave};

}  // namespace phaseloom
