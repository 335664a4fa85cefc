// SPDX-License-Identifier: MIT
#pragma once
// A workspace is a value: five zones, what its keys mean, what it exports. The list of them is
// app/ui/frame/workspaces.cpp; nothing else in the frame knows one from another.

#include <span>
#include <string>
#include <string_view>

#include "app/document/ui_state.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

struct WorkspaceZone {
  const char* window;  ///< of its own, so that each remembers how far it was scrolled
  void (*draw)(UiContext& ctx);
};

/// What a key of key_bindings() means here.
struct WorkspaceKey {
  std::string_view chord;
  void (*run)(UiContext& ctx);
};

/// What goes on in the background: a dot on the tab.
enum class TabDot { none, active, paused };

/// Of a job that has a state and can be paused.
template <class Snapshot>
TabDot dot_of(const Snapshot& snapshot) {
  if (!snapshot.active()) return TabDot::none;
  return snapshot.state == Snapshot::State::paused ? TabDot::paused : TabDot::active;
}

struct WorkspaceView {
  Workspace workspace;
  const char* label;
  const char* help;
  WorkspaceZone controls, stage, side, below, status;
  /// The splitter beside the side zone, and the size that it sets.
  const char* side_splitter;
  double UiState::*side_size;
  std::span<const WorkspaceKey> keys;
  // Any of the following may be null.
  void (*each_frame)(UiContext& ctx) = nullptr;  ///< before it is drawn, whichever is on the screen
  void (*end_frame)(UiContext& ctx) = nullptr;   ///< when all is listed that is to be drawn
  /// When the frame is drawn, on that ground.
  void (*drawn)(Session& session, Transient& transient, ImU32 ground) = nullptr;
  TabDot (*dot)(const UiContext& ctx) = nullptr;
  /// For an audience, what is seen in one line, instead of the status line; null: the stage says
  /// it.
  std::string (*caption)(const UiContext& ctx) = nullptr;
  /// Names the file of a scene that is saved here first; null: the model on the wall does.
  std::string (*scene_name)(const UiContext& ctx) = nullptr;
  void (*export_pictures)(UiContext& ctx) = nullptr;  ///< rows of the export window, and of tables
  void (*export_tables)(UiContext& ctx) = nullptr;
  /// The stage itself says just now what went wrong, so that no message needs to.
  bool (*shows_errors)(const UiContext& ctx) = nullptr;
  /// Escape leaves what is open here; false: nothing is.
  bool (*leave)(UiContext& ctx) = nullptr;
  /// What undo takes back here rather than in the scene; null or nothing: what it takes back there.
  const char* (*own_undo)(const UiContext& ctx) = nullptr;
  void (*undo)(UiContext& ctx) = nullptr;  ///< takes that back
};

}  // namespace phaseloom
