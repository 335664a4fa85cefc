// SPDX-License-Identifier: MIT
#pragma once
// Where the files that come with the program are: models, presets, lessons, fonts.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/network/model_file.hpp"

namespace phaseloom {

/// The shipped file or folder of that name below assets/, e.g. "models/mnist.safetensors". Looks in
/// $PHASELOOM_ASSETS alone if it is set, else in share/phaseloom beside the program and beside its
/// folder: a build tree has a link to assets/ there. Throws Error saying where it looked.
std::filesystem::path asset_path(std::string_view name);

/// Names of the shipped models, sorted; asset_path("models/<name>.safetensors") is the file. The
/// classifiers beside them, "<data set>-classifier", are no models.
std::vector<std::string> shipped_models();

/// What is in a folder, in no order; nothing if it cannot be read.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

/// The user's home: $HOME, or what the system knows of the user; empty if neither names a folder.
std::filesystem::path home_folder();
/// The path as people type it: with their home for a ~ at its beginning.
std::filesystem::path from_home(std::string_view path);

// The user's own files. Without a home, where the environment names no other place: empty paths,
// and nothing is remembered.

/// Where networks that were trained in the window are kept: phaseloom/models in $XDG_DATA_HOME, or
/// in ~/.local/share.
std::filesystem::path user_models_folder();
/// Names of the models there, sorted.
std::vector<std::string> user_models();
/// Rows of the grid of transport experiments that were trained in the window:
/// phaseloom/transport.csv beside the models.
std::filesystem::path user_results_file();
/// Those that are shipped; may not exist.
std::filesystem::path shipped_results_file();
/// Where what outlives the window without being anyone's work is kept, like unfinished trainings:
/// phaseloom in $XDG_STATE_HOME, or in ~/.local/state.
std::filesystem::path user_state_folder();
/// What the window looks like: phaseloom in $XDG_CONFIG_HOME, or in ~/.config.
std::filesystem::path user_config_folder();

/// A model as users name it: the path of a file, or the name of a shipped model or of one of the
/// user's own. Throws Error listing the names when it is none of these.
std::filesystem::path model_file(std::string_view path_or_name);

/// Writes a model of the user's, whole or not at all, under the name that the file has; the folder
/// is made if it is missing. Throws Error if it cannot be written.
void keep_model(const std::filesystem::path& file, Model model);

/// The model in model_file(path_or_name).
Model load_named_model(std::string_view path_or_name);

}  // namespace phaseloom
