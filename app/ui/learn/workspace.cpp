// SPDX-License-Identifier: MIT
// The Learn workspace as a value: its zones, what its keys mean, what it exports.

#include <string>

#include "app/commands/playground_verbs.hpp"
#include "app/ui/learn/learn.hpp"

namespace phaseloom {
namespace {

constexpr WorkspaceKey kKeys[] = {
    {"Space",
     [](UiContext& ctx) {
       ctx.session.post(ctx.session.part<PlaygroundPart>().playing() ? verbs::playground_pause
                                                   : verbs::playground_play);
     }},
    {"Right", [](UiContext& ctx) { ctx.session.post(verbs::playground_step); }},
    {"Left", [](UiContext& ctx) { ctx.session.post(verbs::playground_back); }},
    {"R", [](UiContext& ctx) { ctx.session.post(verbs::playground_restart); }},
    {"N",
     [](UiContext& ctx) { ctx.session.set("playground.seed", ctx.scene.playground.seed + 1); }},
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
  return ctx.session.part<PlaygroundPart>().playing() ? TabDot::active : TabDot::none;
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
    .scene_name = scene_name,
    .export_tables = draw_learn_tables,
    .leave = leave};

}  // namespace phaseloom
