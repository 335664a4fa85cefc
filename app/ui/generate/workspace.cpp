// SPDX-License-Identifier: MIT
// The Generate workspace as a value: its zones, what its keys mean, what it exports.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/exports.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"

namespace phaseloom {
namespace {

/// More (1) or fewer (-1) samples on the wall.
void change_wall(UiContext& ctx, int direction) {
  // One more row and column up to 16; large walls in larger steps.
  const int wall = ctx.scene.wall;
  const int by = wall > 16 || (wall == 16 && direction > 0) ? 8 : 1;
  const int next = std::clamp(wall + by * direction, 1, 64);
  if (next != wall) ctx.session.set("wall", by > 1 ? std::max(16, next / 8 * 8) : next);
}

/// All, 0, 1, ..., and all again.
void ask_for_next_class(UiContext& ctx) {
  const int labels = known_labels(ctx);
  if (labels == 0) return;
  const int next = ctx.scene.label.value_or(-1) + 1;
  ctx.session.set("label", next < labels ? std::to_string(next) : std::string("all"));
}

/// Look, stir, erase, hold, and look again.
void take_next_tool(UiContext& ctx) {
  const auto next = (static_cast<std::size_t>(ctx.state.tool) + 1) % names_of<Tool>().size();
  ctx.session.post(verbs::tool, names_of<Tool>()[next]);
}

/// Off, side by side, split, difference, and off again.
void compare_otherwise(UiContext& ctx) {
  const int next = (static_cast<int>(ctx.state.compare) + 1) % 4;
  ctx.session.post(verbs::compare, name_of(static_cast<Compare>(next)));
}

void move_divider(UiContext& ctx, double by) {
  if (ctx.state.compare == Compare::split)
    ctx.session.post(verbs::divider, std::clamp(ctx.state.divider + by, 0.0, 1.0));
}

void draw_other_curve(UiContext& ctx) {
  if (ctx.state.picked < 0) return;
  const int next = (static_cast<int>(ctx.state.curve) + 1) % 3;
  ctx.session.post(verbs::curve, name_of(static_cast<Curve>(next)));
}

/// The source that the picked unit listens to next most.
void take_next_partner(UiContext& ctx) {
  if (!ctx.now.model) return;
  const std::vector<int> sources = sources_by_strength(ctx);
  if (sources.empty()) return;
  const auto at = std::ranges::find(sources, partner_of(ctx));
  const bool last = at == sources.end() || at + 1 == sources.end();
  ctx.session.post(verbs::partner, last ? sources.front() : *(at + 1));
  ctx.session.post(verbs::curve, name_of(Curve::pair));
}

constexpr WorkspaceKey kKeys[] = {
    {"Space", [](UiContext& ctx) { ctx.session.post(verbs::toggle); }},
    {"Right", [](UiContext& ctx) { ctx.session.post(verbs::step); }},
    {"Left", [](UiContext& ctx) { ctx.session.post(verbs::back); }},
    {"R", [](UiContext& ctx) { ctx.session.post(verbs::restart); }},
    {"N", [](UiContext& ctx) { ctx.session.post(verbs::new_noise); }},
    {"L", ask_for_next_class},
    {"Plus", [](UiContext& ctx) { change_wall(ctx, 1); }},
    {"Minus", [](UiContext& ctx) { change_wall(ctx, -1); }},
    {"B", take_next_tool},
    {"C", compare_otherwise},
    {"Ctrl+Left", [](UiContext& ctx) { move_divider(ctx, -0.05); }},
    {"Ctrl+Right", [](UiContext& ctx) { move_divider(ctx, 0.05); }},
    {"K", draw_other_curve},
    {"J", take_next_partner},
};

/// Rates cost about as much as a step; nobody else looks at them.
void ask_for_rates(UiContext& ctx) {
  ctx.session.want_rates(ctx.state.workspace == Workspace::generate &&
                         clamped_view(ctx).quantity == View::Quantity::rate);
}

/// An audience sees the panel of what is picked, though panels are folded away for it.
void unfold_for_picked(UiContext& ctx) {
  struct Before {
    int picked = -1;
  };
  const int before = std::exchange(ctx.kept<Before>().picked, ctx.state.picked);
  if (before == ctx.state.picked || ctx.state.workspace != Workspace::generate) return;
  using Unfolded = Transient::Unfolded;
  Unfolded& unfolded = ctx.transient.unfolded;
  if (ctx.state.picked >= 0 && ctx.state.presenting != Presenting::off) {
    if (unfolded == Unfolded::none) unfolded = Unfolded::right;
    if (ctx.transient.keep_places) ctx.transient.scroll_to = "look inside";
  } else if (ctx.state.picked < 0 && unfolded == Unfolded::right) {
    unfolded = Unfolded::none;
  }
}

void each_frame(UiContext& ctx) {
  ask_for_rates(ctx);
  unfold_for_picked(ctx);
}

bool leave(UiContext& ctx) {
  if (ctx.state.stage != OnStage::wall)
    ctx.session.post(verbs::stage, name_of(OnStage::wall));
  else if (ctx.state.tool != Tool::look)
    ctx.session.post(verbs::tool, name_of(Tool::look));
  else
    return false;
  return true;
}

}  // namespace

const WorkspaceView kGenerateWorkspace{
    .workspace = Workspace::generate,
    .label = "Generate",
    .help = "Images form from noise: watch, stop, change the network while it runs.",
    .controls = {"controls", draw_controls},
    .stage = {"stage", draw_stage},
    .side = {"inspector", draw_inspector},
    .below = {"timeline", draw_timeline},
    .status = {"status", draw_status},
    .side_splitter = "right",
    .side_size = &UiState::right,
    .keys = kKeys,
    .each_frame = each_frame,
    .export_pictures = draw_wall_exports,
    .export_tables = draw_trail_exports,
    .shows_errors = [](const UiContext& ctx) { return !ctx.now.model; },
    .leave = leave};

}  // namespace phaseloom
