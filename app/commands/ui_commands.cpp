// SPDX-License-Identifier: MIT
#include "app/commands/ui_commands.hpp"

namespace phaseloom {

void apply_to(UiState& ui, const Command& command) {
  switch (command.verb) {
    case Verb::workspace:
      for (const auto workspace : {Workspace::generate, Workspace::transport, Workspace::train})
        if (workspace_name(workspace) == command.text(0)) ui.workspace = workspace;
      break;
    case Verb::view:
      for (const auto quantity :
           {View::Quantity::intensity, View::Quantity::phase, View::Quantity::rate})
        if (quantity_name(quantity) == command.text(0)) ui.view.quantity = quantity;
      ui.view.layer = static_cast<int>(command.integer(1));
      break;
    case Verb::zoom: {
      Zoom& zoom = ui.zoom_of(ui.workspace);
      zoom = {command.real(0), command.real(1, zoom.x), command.real(2, zoom.y)};
      break;
    }
    case Verb::theme:
      ui.theme = command.text(0) == theme_name(Theme::light) ? Theme::light : Theme::dark;
      break;
    case Verb::size:
      ui.width = static_cast<int>(command.integer(0));
      ui.height = static_cast<int>(command.integer(1));
      break;
    case Verb::scale:
      ui.scale = command.real(0);
      break;
    case Verb::splitter:
      (command.text(0) == "left"    ? ui.left
       : command.text(0) == "right" ? ui.right
       : command.text(0) == "plots" ? ui.plots
                                    : ui.bottom) = command.real(1);
      break;
    case Verb::pin:
      ui.pinned = static_cast<int>(command.integer(0));
      break;
    case Verb::unpin:
      ui.pinned = -1;
      break;
    case Verb::pick:
      ui.picked = static_cast<int>(command.integer(0));
      break;
    case Verb::unpick:
      ui.picked = -1;
      break;
    case Verb::tool:
      for (const auto tool : {Tool::look, Tool::stir, Tool::erase, Tool::hold})
        if (tool_name(tool) == command.text(0)) ui.tool = tool;
      break;
    case Verb::brush:
      ui.brush = command.real(0);
      break;
    case Verb::tone:
      ui.tone = command.real(0);
      break;
    case Verb::compare:
      for (const auto how : {Compare::off, Compare::side, Compare::split, Compare::difference})
        if (compare_name(how) == command.text(0)) ui.compare = how;
      break;
    case Verb::divider:
      ui.divider = command.real(0);
      break;
    case Verb::curve:
      for (const auto curve : {Curve::trace, Curve::portrait, Curve::pair})
        if (curve_name(curve) == command.text(0)) ui.curve = curve;
      break;
    case Verb::partner:
      ui.partner = static_cast<int>(command.integer(0, -1));
      break;
    case Verb::stage:
      for (std::size_t i = 0; i < kStageNames.size(); ++i)
        if (kStageNames[i] == command.text(0)) ui.stage = static_cast<OnStage>(i);
      break;
    case Verb::section:
      for (std::size_t i = 0; i < kSectionNames.size(); ++i)
        for (const auto fold : {Fold::by_room, Fold::open, Fold::closed})
          if (kSectionNames[i] == command.text(0) && fold_name(fold) == command.text(1))
            ui.folds[i] = fold;
      break;
    case Verb::trail:
      ui.trail = command.real(0);
      break;
    case Verb::trail_show:
      if (command.text(0) == "on")
        ui.stage = OnStage::trail;
      else if (ui.stage == OnStage::trail)
        ui.stage = OnStage::wall;
      break;
    case Verb::flow_time:
      ui.flow.time = command.real(0);
      ui.flow.playing = false;
      break;
    case Verb::flow_play:
      ui.flow.playing = true;
      break;
    case Verb::flow_pause:
      ui.flow.playing = false;
      break;
    case Verb::flow_show:
      shown(ui.flow, command.text(0)) = command.text(1) == "on";
      break;
    case Verb::flow_probe:
      ui.flow.probed = true;
      ui.flow.probe_x = command.real(0);
      ui.flow.probe_y = command.real(1);
      break;
    case Verb::flow_unprobe:
      ui.flow.probed = false;
      break;
    default:
      break;
  }
}

}  // namespace phaseloom
