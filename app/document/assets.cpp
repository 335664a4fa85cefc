// SPDX-License-Identifier: MIT
#include "app/document/assets.hpp"

#include <fmt/ranges.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kModelExtension = ".safetensors";
// Networks that judge or guide; they lie beside the models and are none.
constexpr std::string_view kClassifierSuffix = "-classifier", kFeaturesSuffix = "-features";

std::vector<fs::path> asset_folders() {
  if (const char* folder = std::getenv("PHASELOOM_ASSETS"); folder != nullptr && *folder != '\0')
    return {folder};
  std::vector<fs::path> folders;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return folders;
  // From bin, and from tests and bench in a build tree; from the program in a build tree.
  for (const char* place : {"../share/phaseloom", "share/phaseloom"}) {
    const fs::path folder = fs::weakly_canonical(program.parent_path() / place, error);
    if (!error) folders.push_back(folder);
  }
  return folders;
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

void add_models(const fs::path& folder, std::vector<std::string>& names) {
  for (const fs::path& file : files_in(folder))
    if (file.extension() == kModelExtension && !file.stem().string().ends_with(kClassifierSuffix) &&
        !file.stem().string().ends_with(kFeaturesSuffix))
      names.push_back(file.stem().string());
}

/// A folder that a variable of the environment names; relative ones would be in any place.
fs::path folder_named_by(const char* variable) {
  const char* value = std::getenv(variable);
  const fs::path folder = value != nullptr ? value : "";
  return folder.is_absolute() ? folder : fs::path();
}

/// The program's own folder where this variable says, or else below the home folder.
fs::path user_folder(const char* variable, const char* otherwise) {
  fs::path base = folder_named_by(variable);
  const fs::path home = base.empty() ? home_folder() : fs::path();
  if (!home.empty()) base = home / otherwise;
  return base.empty() ? base : base / "phaseloom";
}

fs::path within(const fs::path& folder, const char* name) {
  return folder.empty() ? folder : folder / name;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  const auto rest = std::ranges::unique(names);
  names.erase(rest.begin(), rest.end());
  return names;
}

}  // namespace

fs::path asset_path(std::string_view name) {
  const auto folders = asset_folders();
  for (const fs::path& folder : folders)
    if (is_there(folder / name)) return folder / name;
  std::vector<std::string> places;
  for (const fs::path& folder : folders) places.push_back(folder.string());
  fail("the shipped file {} is missing; looked in {}", printable(name), fmt::join(places, ", "));
}

std::vector<std::string> shipped_models() {
  std::vector<std::string> names;
  for (const fs::path& folder : asset_folders()) add_models(folder / "models", names);
  return sorted(std::move(names));
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;  // what cannot be read is not listed
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    files.push_back(at->path());
  return files;
}

fs::path home_folder() {
  if (fs::path home = folder_named_by("HOME"); !home.empty()) return home;
  std::vector<char> text(16384);
  passwd user{}, *found = nullptr;
  if (::getpwuid_r(::getuid(), &user, text.data(), text.size(), &found) != 0 || found == nullptr)
    return {};
  const fs::path home = user.pw_dir;
  std::error_code ignored;
  return home.is_absolute() && fs::is_directory(home, ignored) ? home : fs::path();
}

fs::path from_home(std::string_view path) {
  const fs::path home = path == "~" || path.starts_with("~/") ? home_folder() : fs::path();
  return home.empty() ? fs::path(path) : fs::path(home.string() + std::string(path.substr(1)));
}

fs::path user_models_folder() {
  return within(user_folder("XDG_DATA_HOME", ".local/share"), "models");
}

fs::path user_results_file() {
  return within(user_folder("XDG_DATA_HOME", ".local/share"), "transport.csv");
}

fs::path shipped_results_file() {
  try {
    return asset_path("transport/results.csv");
  } catch (const Error&) {
    return {};
  }
}

fs::path user_state_folder() { return user_folder("XDG_STATE_HOME", ".local/state"); }

fs::path user_config_folder() { return user_folder("XDG_CONFIG_HOME", ".config"); }

std::vector<std::string> user_models() {
  std::vector<std::string> names;
  add_models(user_models_folder(), names);
  return sorted(std::move(names));
}

fs::path model_file(std::string_view path_or_name) {
  if (is_there(path_or_name)) return path_or_name;
  const auto shipped = shipped_models();
  if (std::ranges::find(shipped, path_or_name) != shipped.end())
    return asset_path(fmt::format("models/{}{}", path_or_name, kModelExtension));
  const auto own = user_models();
  if (std::ranges::find(own, path_or_name) != own.end())
    return user_models_folder() / fmt::format("{}{}", path_or_name, kModelExtension);
  const auto listed = [](const std::vector<std::string>& names) {
    return names.empty() ? "there are none" : fmt::format("{}", fmt::join(names, ", "));
  };
  fail("model {}: no such file, nor a shipped model ({}){}", printable(path_or_name),
       listed(shipped), own.empty() ? "" : fmt::format(", nor one of yours ({})", listed(own)));
}

void keep_model(const fs::path& file, Model model) {
  model.name = file.stem().string();
  std::error_code ignored;  // writing says what is wrong
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), ignored);
  save_model(file, model);
}

Model load_named_model(std::string_view path_or_name) {
  return load_model(model_file(path_or_name));
}

}  // namespace phaseloom
