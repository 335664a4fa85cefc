// SPDX-License-Identifier: MIT
#pragma once
// The zones of the Generate workspace. Each is a free function over the context, in a file of its
// own, called within an ImGui window of the right size. None holds anything: what they change, they
// post.

#include <vector>

#include "app/ui/toolkit/context.hpp"
#include "app/ui/toolkit/workspace.hpp"

namespace phaseloom {

extern const WorkspaceView kGenerateWorkspace;  // workspace.cpp

void draw_controls(UiContext& ctx);       // controls.cpp
void draw_model_cards(UiContext& ctx);    // model_cards.cpp; parts of the controls
void draw_class_buttons(UiContext& ctx);  // class_buttons.cpp
/// What the file of the model on the wall says of it; nothing if none is.
const ModelFacts& present_facts(UiContext& ctx);
void draw_hardware(UiContext& ctx);  // hardware_panel.cpp; a part of the controls
void draw_stage(UiContext& ctx);     // stage.cpp
/// quality_strip.cpp; under the wall. Its height is 0 when there is nothing to say.
float quality_strip_height(const UiContext& ctx);
void draw_quality_strip(UiContext& ctx, Box area);
/// caption_line.cpp; under the wall. Folded, it leaves its handle.
float caption_line_height(const UiContext& ctx, float width);
void draw_caption_line(UiContext& ctx, Box area);
/// What each chunk does, as the hardware holds it.
const std::vector<ChunkStrength>& present_strengths(UiContext& ctx);
/// cost_strip.cpp; under the wall. Its height is 0 without a model.
float cost_strip_height(const UiContext& ctx);
void draw_cost_strip(UiContext& ctx, Box area);
void draw_trail(UiContext& ctx);       // trail_plot.cpp; parts of the controls
void draw_cost_model(UiContext& ctx);  // cost_model.cpp
void draw_inspector(UiContext& ctx);   // inspector.cpp
/// inspector_oscillator.cpp; the unit that the picked one is drawn against, -1 if it has no source.
int partner_of(const UiContext& ctx);
/// By how much the picked unit listens to others, the strongest first; label oscillators left out.
std::vector<int> sources_by_strength(const UiContext& ctx);
void draw_sample(UiContext& ctx);      // inspector_sample.cpp; parts of the inspector
void draw_oscillator(UiContext& ctx);  // inspector_oscillator.cpp
void draw_kernel(UiContext& ctx);      // inspector_kernel.cpp
void draw_network(UiContext& ctx);     // inspector_network.cpp
void draw_timeline(UiContext& ctx);    // timeline.cpp
void draw_status(UiContext& ctx);      // status_bar.cpp

}  // namespace phaseloom
