// SPDX-License-Identifier: MIT
#pragma once
// Files that the window writes, and files that are dropped on it.

#include <filesystem>
#include <string>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// ~/Phaseloom, where exports and scenes go unless one says otherwise.
std::filesystem::path user_files_folder();

/// The same as people write it: with ~ for their home.
std::string shown_user_files_folder(const UiContext& ctx);

// These write to user_files_folder(), under a name that says what it is and is not there yet.

void export_wall_images(UiContext& ctx, const char* extension);  ///< .png or .npy
void export_state_array(UiContext& ctx);
void export_forming(UiContext& ctx, bool film);  ///< a film, or a row of pictures
void export_plot_table(UiContext& ctx, const char* name);
void export_trail_table(UiContext& ctx);
void export_results_table(UiContext& ctx);
void export_paths_table(UiContext& ctx);
void export_flow_picture(UiContext& ctx);
void export_flow_film(UiContext& ctx, bool film);  ///< a film, or a row of pictures
/// Where Ctrl+S suggests to save.
std::string suggested_scene_path(const UiContext& ctx);
void save_scene_to(UiContext& ctx, const std::string& path);
/// Opens a model, a scene or a pair of points by what it is called; anything else becomes a
/// message.
void open_file(Session& session, const std::string& path);
}  // namespace phaseloom
