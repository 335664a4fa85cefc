// SPDX-License-Identifier: MIT
#pragma once
// The Train workspace. Its zones are free functions over the context, each in a file of its own.

#include "app/document/si_text.hpp"
#include "app/ui/toolkit/context.hpp"
#include "app/ui/toolkit/workspace.hpp"

namespace phaseloom {

extern const WorkspaceView kTrainWorkspace;  // workspace.cpp

void draw_train_controls(UiContext& ctx);  // train_controls.cpp: what is to be trained
void draw_train_stage(UiContext& ctx);     // train_stage.cpp: the samples as it learns
bool train_stage_shows_errors(const UiContext& ctx);
void draw_train_plots(UiContext& ctx);     // train_plots.cpp: losses, quality, facts
void draw_train_progress(UiContext& ctx);  // train_progress.cpp: buttons, how far it is
void draw_train_status(UiContext& ctx);    // train_status.cpp

/// A network that is to be loaded into Generate once it is written.
struct NetworkToUse {
  std::string file;  ///< empty: none
};

/// Starts a new training; asks first if it would take the place of one that can be gone on with.
void start_training(UiContext& ctx);
/// Starts, pauses or resumes: what the large button and Space do.
void toggle_training(UiContext& ctx);
/// A model that was asked for is loaded into Generate as soon as it is written; once per frame.
void use_what_was_kept(UiContext& ctx);

}  // namespace phaseloom
