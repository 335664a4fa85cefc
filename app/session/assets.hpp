#pragma once
// Where the files that come with the program are: models, presets, lessons, fonts.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dynamics/model_file.hpp"

namespace phaseloom {

/// The shipped file or folder of that name below assets/, e.g. "models/mnist.safetensors". Looks in
/// $PHASELOOM_ASSETS alone if it is set, else in the source tree, in ../../assets and in
/// ../share/phaseloom beside the program. Throws Error saying where it looked.
std::filesystem::path asset_path(std::string_view name);

/// Names of the shipped models, sorted; asset_path("models/<name>.safetensors") is the file. The
/// classifiers beside them, "<data set>-classifier", are no models.
std::vector<std::string> shipped_models();

/// A model as users name it: the path of a file, or the name of a shipped model. Throws Error
/// listing the shipped models when it is neither.
std::filesystem::path model_file(std::string_view path_or_name);

/// The model in model_file(path_or_name).
Model load_named_model(std::string_view path_or_name);

}  // namespace phaseloom
