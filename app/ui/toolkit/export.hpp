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

/// Whether the window may write files of its own; else a message says what `line` of a script does
/// the same, or why the folder cannot be made.
bool may_export(UiContext& ctx, const char* line);
/// A file or folder in user_files_folder() that is not there yet, as a command names it.
std::string free_file(const std::string& stem, const std::string& extension);

/// Writes the numbers of a plot, under its name.
void export_plot_table(UiContext& ctx, const char* name);
/// Where Ctrl+S suggests to save: the scene's own file or, if it has none yet, one named `stem`.
std::string suggested_scene_path(const UiContext& ctx, const std::string& stem);
void save_scene_to(UiContext& ctx, const std::string& path);
/// Opens a model, a scene or a pair of points by what it is called, or the scene that `path`, or
/// the file there, is as text; anything else becomes a message.
void open_file(Session& session, const std::string& path);
/// Opens a scene that was copied as text; what is wrong with it becomes a message.
void open_scene_text(Session& session, const std::string& text);
}  // namespace phaseloom
