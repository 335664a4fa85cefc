// SPDX-License-Identifier: MIT
// The Hardware workspace as a value: its zones are those of its present page.

#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/hardware_zones.hpp"

namespace phaseloom {
namespace {

constexpr WorkspaceKey kKeys[] = {{"Space", [](UiContext& ctx) {
                                     if (const auto toggle = present_page(ctx).toggle) toggle(ctx);
                                   }}};

}  // namespace

const WorkspaceView kHardwareWorkspace{
    .workspace = Workspace::hardware,
    .label = "Hardware",
    .help = "What it would take to build it: area, power, energy; which flaws the pictures bear.",
    .controls = {"hardware controls", draw_hardware_controls},
    .stage = {"hardware stage", draw_hardware_stage},
    .side = {"hardware side", [](UiContext& ctx) { present_page(ctx).side(ctx); }},
    .below = {"hardware below", [](UiContext& ctx) { present_page(ctx).below(ctx); }},
    .status = {"status", [](UiContext& ctx) { present_page(ctx).status(ctx); }},
    .side_splitter = "plots",
    .side_size = &UiState::plots,
    .keys = kKeys,
    .export_tables = [](UiContext& ctx) { present_page(ctx).tables(ctx); }};

}  // namespace phaseloom
