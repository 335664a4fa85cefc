// SPDX-License-Identifier: MIT
#pragma once
// The Hardware workspace: for the one who has to build it. It has pages, each with the zones of a
// workspace; their list is in pages.cpp.

#include <span>

#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/toolkit/workspace.hpp"

namespace phaseloom {

extern const WorkspaceView kHardwareWorkspace;  // workspace.cpp

struct HardwarePage {
  const char* label;
  const char* help;
  void (*controls)(UiContext& ctx);
  void (*stage)(UiContext& ctx, Box area);
  void (*side)(UiContext& ctx);
  void (*below)(UiContext& ctx);
  void (*status)(UiContext& ctx);
  void (*tables)(UiContext& ctx);  ///< rows of the export window
  void (*toggle)(UiContext& ctx);  ///< Space; null: nothing runs there
};
/// In the order of DesignView::Page.
std::span<const HardwarePage> hardware_pages();
const HardwarePage& present_page(const UiContext& ctx);

/// Network, bits and density of the design on the wall; hardware_controls.cpp.
void draw_design(UiContext& ctx);

/// Of a list of values: text that a click begins to type in; hardware_controls.cpp.
void draw_list_row(UiContext& ctx, const FieldRow& row);

extern const HardwarePage kCostsPage;    // costs_page.cpp
extern const HardwarePage kSweepPage;    // sweep_page.cpp
extern const HardwarePage kChipsPage;    // chips_progress.cpp
extern const HardwarePage kCircuitPage;  // circuit_page.cpp

}  // namespace phaseloom
