// SPDX-License-Identifier: MIT
#pragma once
// Commands of the Hardware workspace: its pages, the cost of a design, many designs (a sweep), and
// many devices of one design (chips).

#include "app/commands/arguments.hpp"
#include "app/document/ui_state.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kPage[] = {choice("PAGE", names_of<HardwareView::Page>())};

inline constexpr CommandInfo hardware_show{
    "hardware.show", Scope::ui, kPage, 1,
    "Shows a page of the Hardware workspace: what a design costs, many designs, or many devices "
    "of one design."};
inline constexpr CommandInfo cost_reset{
    "cost.reset",
    Scope::background,
    {},
    0,
    "Gives all constants of the cost model the values of their technology; one entry of undo."};
inline constexpr CommandInfo cost_export{
    "cost.export", Scope::background, kNewTable, 1,
    "Writes what the network on the wall would cost as a table (.csv): a row for each way to hold "
    "its chunks, then the constants and what stands beside it."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kHardwareVerbs[] = {&hardware_show, &cost_reset, &cost_export};

}  // namespace phaseloom::verbs
