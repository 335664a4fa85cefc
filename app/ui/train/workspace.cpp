// SPDX-License-Identifier: MIT
// The Train workspace as a value: its zones, and what its keys mean.

#include "app/ui/train/train.hpp"

namespace phaseloom {
namespace {

constexpr WorkspaceKey kKeys[] = {{"Space", toggle_training}};

}  // namespace

const WorkspaceView kTrainWorkspace{
    .workspace = Workspace::train,
    .label = "Train",
    .help = "Networks learn to make images from a data set, in the background, as you watch.",
    .controls = {"train controls", draw_train_controls},
    .stage = {"train stage", draw_train_stage},
    .side = {"train plots", draw_train_plots},
    .below = {"train progress", draw_train_progress},
    .status = {"status", draw_train_status},
    .side_splitter = "plots",
    .side_size = &UiState::plots,
    .keys = kKeys,
    .each_frame = use_what_was_kept,
    .dot = [](const UiContext& ctx) { return dot_of(ctx.training); },
    .shows_errors = train_stage_shows_errors};

}  // namespace phaseloom
