// SPDX-License-Identifier: MIT
#include "app/commands/ui_commands.hpp"

#include <algorithm>

#include "app/commands/field_verbs.hpp"
#include "app/commands/handlers.hpp"
#include "app/commands/hardware_verbs.hpp"
#include "app/commands/playground_verbs.hpp"
#include "app/commands/view_verbs.hpp"

namespace phaseloom {
namespace {

constexpr double UiState::*kSplitterSizes[] = {&UiState::left, &UiState::right, &UiState::bottom,
                                               &UiState::plots};
static_assert(std::size(kSplitterSizes) == std::size(verbs::kSplitters));

/// Sets a member to the choice that the command's argument makes, in the order of its enumerators.
template <auto member>
void choose(UiState& ui, const Command& command) {
  using Choice = std::remove_reference_t<decltype(ui.*member)>;
  ui.*member = static_cast<Choice>(command.choice(0));
}
template <auto member>
void set_real(UiState& ui, const Command& command) {
  ui.*member = command.real(0);
}
template <auto member>
void set_integer(UiState& ui, const Command& command) {
  ui.*member = static_cast<int>(command.integer(0, -1));
}

constexpr Handler<UiState> kHandlers[] = {
    {verbs::workspace, choose<&UiState::workspace>},
    {verbs::hardware_show,
     [](UiState& ui, const Command& command) {
       ui.hardware.page = static_cast<DesignView::Page>(command.choice(0));
     }},
    {verbs::sweep_slice,
     [](UiState& ui, const Command& command) {
       ui.hardware.slice[command.choice(0)] = static_cast<int>(command.integer(1));
     }},
    {verbs::chips_mismatch,
     [](UiState& ui, const Command& command) {
       ui.hardware.mismatch = static_cast<int>(command.integer(0));
     }},
    {verbs::view,
     [](UiState& ui, const Command& command) {
       ui.view = {static_cast<View::Quantity>(command.choice(0)),
                  static_cast<int>(command.integer(1))};
     }},
    {verbs::zoom,
     [](UiState& ui, const Command& command) {
       Zoom& zoom = ui.zoom_of(ui.workspace);
       zoom = {command.real(0), command.real(1, zoom.x), command.real(2, zoom.y)};
     }},
    {verbs::theme, choose<&UiState::theme>},
    {verbs::size,
     [](UiState& ui, const Command& command) {
       ui.width = static_cast<int>(command.integer(0));
       ui.height = static_cast<int>(command.integer(1));
     }},
    {verbs::scale, set_real<&UiState::scale>},
    {verbs::splitter,
     [](UiState& ui, const Command& command) {
       ui.*kSplitterSizes[command.choice(0)] = command.real(1);
     }},
    {verbs::pin, set_integer<&UiState::pinned>},
    {verbs::unpin, set_integer<&UiState::pinned>},
    {verbs::pick, set_integer<&UiState::picked>},
    {verbs::unpick, set_integer<&UiState::picked>},
    {verbs::tool, choose<&UiState::tool>},
    {verbs::brush, set_real<&UiState::brush>},
    {verbs::tone, set_real<&UiState::tone>},
    {verbs::compare, choose<&UiState::compare>},
    {verbs::divider, set_real<&UiState::divider>},
    {verbs::curve, choose<&UiState::curve>},
    {verbs::partner, set_integer<&UiState::partner>},
    {verbs::stage, choose<&UiState::stage>},
    {verbs::section,
     [](UiState& ui, const Command& command) {
       ui.folds[command.choice(0)] = static_cast<Fold>(command.choice(1));
     }},
    {verbs::trail, set_real<&UiState::trail>},
    {verbs::trail_show,
     [](UiState& ui, const Command& command) {
       if (command.text(0) == "on")
         ui.stage = OnStage::trail;
       else if (ui.stage == OnStage::trail)
         ui.stage = OnStage::wall;
     }},
    {verbs::flow_time,
     [](UiState& ui, const Command& command) {
       ui.flow.time = command.real(0);
       ui.flow.playing = false;
     }},
    {verbs::flow_play, [](UiState& ui, const Command&) { ui.flow.playing = true; }},
    {verbs::flow_pause, [](UiState& ui, const Command&) { ui.flow.playing = false; }},
    {verbs::flow_show,
     [](UiState& ui, const Command& command) {
       shown(ui.flow, command.text(0)) = command.text(1) == "on";
     }},
    {verbs::flow_probe,
     [](UiState& ui, const Command& command) {
       ui.flow.probed = true;
       ui.flow.probe_x = command.real(0);
       ui.flow.probe_y = command.real(1);
     }},
    {verbs::flow_unprobe, [](UiState& ui, const Command&) { ui.flow.probed = false; }},
    {verbs::heat_time,
     [](UiState& ui, const Command& command) {
       ui.thermo.time = command.real(0);
       ui.thermo.playing = false;
     }},
    {verbs::heat_play, [](UiState& ui, const Command&) { ui.thermo.playing = true; }},
    {verbs::heat_pause, [](UiState& ui, const Command&) { ui.thermo.playing = false; }},
    {verbs::heat_show,
     [](UiState& ui, const Command& command) {
       ui.thermo.shown = static_cast<ThermoView::Shown>(command.choice(0));
     }},
    {verbs::heat_source,
     [](UiState& ui, const Command& command) {
       ui.thermo.source = static_cast<ThermoView::Source>(command.choice(0));
     }},
    {verbs::heat_prototype,
     [](UiState& ui, const Command& command) {
       ui.thermo.prototype = static_cast<int>(command.integer(0));
     }},
    {verbs::heat_sample,
     [](UiState& ui, const Command& command) {
       ui.thermo.sample = static_cast<int>(command.integer(0));
     }},
    {verbs::heat_pick,
     [](UiState& ui, const Command& command) {
       ui.thermo.picked = static_cast<int>(command.integer(0));
     }},
    {verbs::present, choose<&UiState::presenting>},
    {verbs::field_brush,
     [](UiState& ui, const Command& command) {
       ui.field.brush = static_cast<Disturbance>(command.choice(0));
       ui.field.radius = command.real(1, ui.field.radius);
     }},
    {verbs::playground_tool,
     [](UiState& ui, const Command& command) {
       ui.playground.tool = static_cast<PlaygroundView::Tool>(command.choice(0));
     }},
    {verbs::playground_pick,
     [](UiState& ui, const Command& command) {
       const int unit = static_cast<int>(command.integer(0));
       auto& picked = ui.playground.picked;
       if (std::ranges::find(picked, unit) == picked.end()) picked.push_back(unit);
     }},
    {verbs::playground_unpick, [](UiState& ui, const Command&) { ui.playground.picked.clear(); }},
    {verbs::heat_unpick, [](UiState& ui, const Command&) { ui.thermo.picked = -1; }},
};

}  // namespace

bool apply_to(UiState& ui, const Command& command) {
  return handle<UiState>(kHandlers, ui, command);
}

}  // namespace phaseloom
