// SPDX-License-Identifier: MIT
// The Transport workspace as a value: its zones, what its keys mean, what it exports.

#include <utility>

#include "app/commands/view_verbs.hpp"
#include "app/ui/transport/exports.hpp"
#include "app/ui/transport/flow_film.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {
namespace {

constexpr WorkspaceKey kKeys[] = {
    {"Space",
     [](UiContext& ctx) {
       ctx.session.post(ctx.state.flow.playing ? verbs::flow_pause : verbs::flow_play);
     }},
    {"Right", [](UiContext& ctx) { step_flow(ctx, 1); }},
    {"Left", [](UiContext& ctx) { step_flow(ctx, -1); }},
    {"R", [](UiContext& ctx) { ctx.session.post(verbs::flow_time, 0.0); }},
    {"T", toggle_transport_training},
};

bool leave(UiContext& ctx) { return std::exchange(ctx.kept<Sketch>().on, false); }

const char* own_undo(const UiContext& ctx) {
  if (!ctx.kept<Sketch>().on) return nullptr;
  return ctx.kept<Sketch>().strokes.empty() ? "" : "the last stroke";
}

}  // namespace

const WorkspaceView kTransportWorkspace{
    .workspace = Workspace::transport,
    .label = "Transport",
    .help =
        "Points are carried from one distribution to another: what physics can do, and what "
        "not.",
    .controls = {"transport controls", draw_transport_controls},
    .stage = {"transport stage", draw_transport_stage},
    .side = {"transport plots", draw_transport_plots},
    .below = {"transport time", draw_transport_time},
    .status = {"status", draw_transport_status},
    .side_splitter = "plots",
    .side_size = &UiState::plots,
    .keys = kKeys,
    .each_frame = advance_flow,
    .end_frame = [](UiContext& ctx) { build_stage_picture(ctx, kFlowPainter); },
    .drawn = submit_stage_picture,
    .dot = [](const UiContext& ctx) { return dot_of(ctx.transport); },
    .export_pictures = draw_flow_exports,
    .export_tables = draw_flow_tables,
    .leave = leave,
    .own_undo = own_undo,
    .undo = take_back_stroke};

}  // namespace phaseloom
