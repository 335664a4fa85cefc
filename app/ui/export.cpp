#include "app/ui/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace phaseloom {

namespace fs = std::filesystem;

fs::path user_files_folder() {
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : ".") / "Phaseloom";
}

namespace {

/// False, with a message, if the folder cannot be made.
bool make_folder(UiContext& ctx, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return true;
  ctx.session.tell(Message::Level::error, fmt::format("{}: cannot make this folder: {}",
                                                      folder.string(), error.message()));
  return false;
}

/// Whether the window may write here; a message says why not.
bool may_export(UiContext& ctx, const char* line) {
  if (ctx.transient.may_write) return make_folder(ctx, user_files_folder());
  ctx.session.tell(Message::Level::warning,
                   fmt::format("A script exports with a line of its own: {}", line));
  return false;
}

/// A name that is not there yet.
fs::path free_name(const fs::path& folder, const std::string& stem, const std::string& extension) {
  fs::path path = folder / (stem + extension);
  std::error_code ignored;
  for (int i = 2; fs::exists(path, ignored); ++i)
    path = folder / fmt::format("{}-{}{}", stem, i, extension);
  return path;
}

/// Of what is on the wall, which must not be empty.
std::string stem_of_run(const UiContext& ctx, bool with_step) {
  return fmt::format("{}-seed{}-round{}{}", ctx.now.model->name, ctx.now.scene.seed,
                     ctx.now.scene.round,
                     with_step ? fmt::format("-step{}", ctx.now.step) : std::string());
}

}  // namespace

std::string shown_user_files_folder(const UiContext& ctx) {
  return ctx.transient.may_write ? "~/Phaseloom" : "the place that the script names";
}

void export_wall_images(UiContext& ctx, const char* extension) {
  if (!ctx.now.model || !may_export(ctx, "export FILE")) return;
  ctx.session.post(Verb::export_wall,
                   free_name(user_files_folder(), stem_of_run(ctx, true), extension).string());
}

void export_state_array(UiContext& ctx) {
  if (!ctx.now.model || !may_export(ctx, "export.states FILE")) return;
  const std::string stem = stem_of_run(ctx, true) + "-states";
  ctx.session.post(Verb::export_states, free_name(user_files_folder(), stem, ".npy").string());
}

void export_forming(UiContext& ctx, bool film) {
  if (!ctx.now.model || !may_export(ctx, "export.film FILE")) return;
  const std::string stem = stem_of_run(ctx, false) + "-forming";
  if (film) {
    ctx.session.post(Verb::export_film, free_name(user_files_folder(), stem, ".mp4").string());
    return;
  }
  const fs::path folder = free_name(user_files_folder(), stem, "");
  ctx.session.post(Verb::export_film, (folder / "step-###.png").string());
}

void export_plot_table(UiContext& ctx, const char* name) {
  if (!may_export(ctx, "export.plot PLOT FILE")) return;
  ctx.session.post(Verb::export_plot, name, free_name(user_files_folder(), name, ".csv").string());
}

void export_trail_table(UiContext& ctx) {
  if (!may_export(ctx, "trail.export FILE")) return;
  ctx.session.post(Verb::trail_export, free_name(user_files_folder(), "trail", ".csv").string());
}

void export_paths_table(UiContext& ctx) {
  if (!may_export(ctx, "transport.export FILE")) return;
  ctx.session.post(Verb::transport_export,
                   free_name(user_files_folder(), "transport-paths", ".csv").string());
}

void export_results_table(UiContext& ctx) {
  if (!may_export(ctx, "transport.grid_export FILE")) return;
  ctx.session.post(Verb::transport_grid_export,
                   free_name(user_files_folder(), "transport-results", ".csv").string());
}

std::string suggested_scene_path(const UiContext& ctx) {
  if (!ctx.now.scene_file.empty()) return ctx.now.scene_file;
  const std::string stem = ctx.now.model ? ctx.now.model->name : "scene";
  return free_name(user_files_folder(), stem, ".json").string();
}

void save_scene_to(UiContext& ctx, const std::string& path) {
  if (!ctx.transient.may_write) {
    ctx.session.tell(Message::Level::warning,
                     "A script saves with a line of its own: save_scene FILE");
    return;
  }
  const fs::path target(path);
  if (target.has_parent_path() && !make_folder(ctx, target.parent_path())) return;
  ctx.session.post(Verb::save_scene, path);
}

std::vector<std::string> saved_scenes() {
  constexpr std::size_t kMost = 12;
  std::vector<std::pair<fs::file_time_type, std::string>> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(user_files_folder(), error))
    if (std::error_code ignored; entry.path().extension() == ".json")
      found.emplace_back(entry.last_write_time(ignored), entry.path().string());
  std::ranges::sort(found, std::greater<>());
  std::vector<std::string> paths;
  for (const auto& [time, path] : found)
    if (paths.size() < kMost) paths.push_back(path);
  return paths;
}

void open_file(Session& session, const std::string& path) {
  const fs::path file(path);
  if (file.extension() == ".safetensors") {
    session.set("model", path);
  } else if (file.extension() == ".json") {
    session.post(Verb::load_scene, path);
  } else if (file.extension() == ".csv") {
    session.set("transport.pair", path);
    session.post(Verb::workspace, workspace_name(Workspace::transport));
  } else {
    session.tell(
        Message::Level::error,
        fmt::format("{}: neither a model (.safetensors), a scene (.json) nor points (.csv)",
                    file.filename().string()));
  }
}

}  // namespace phaseloom
