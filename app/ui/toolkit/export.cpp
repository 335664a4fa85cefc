// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "app/document/assets.hpp"
#include "app/document/openable.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

fs::path user_files_folder() {
  const fs::path home = home_folder();
  return home.empty() ? home : home / "Phaseloom";
}

namespace {

/// False, with a message, if the folder cannot be made.
bool make_folder(UiContext& ctx, const fs::path& folder) {
  if (folder.empty()) {
    ctx.session.tell(Message::Level::error,
                     "no home folder is known to write to; set HOME, or save under a whole path");
    return false;
  }
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

/// As a command carries it.
std::string text_of(const fs::path& file) { return escaped(file.string()); }

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
                   text_of(free_name(user_files_folder(), stem_of_run(ctx, true), extension)));
}

void export_state_array(UiContext& ctx) {
  if (!ctx.now.model || !may_export(ctx, "export.states FILE")) return;
  const std::string stem = stem_of_run(ctx, true) + "-states";
  ctx.session.post(Verb::export_states, text_of(free_name(user_files_folder(), stem, ".npy")));
}

void export_forming(UiContext& ctx, bool film) {
  if (!ctx.now.model || !may_export(ctx, "export.film FILE")) return;
  const std::string stem = stem_of_run(ctx, false) + "-forming";
  if (film) {
    ctx.session.post(Verb::export_film, text_of(free_name(user_files_folder(), stem, ".mp4")));
    return;
  }
  const fs::path folder = free_name(user_files_folder(), stem, "");
  ctx.session.post(Verb::export_film, text_of(folder / "step-###.png"));
}

void export_plot_table(UiContext& ctx, const char* name) {
  if (!may_export(ctx, "export.plot PLOT FILE")) return;
  ctx.session.post(Verb::export_plot, name, text_of(free_name(user_files_folder(), name, ".csv")));
}

void export_trail_table(UiContext& ctx) {
  if (!may_export(ctx, "trail.export FILE")) return;
  ctx.session.post(Verb::trail_export, text_of(free_name(user_files_folder(), "trail", ".csv")));
}

void export_paths_table(UiContext& ctx) {
  if (!may_export(ctx, "transport.export FILE")) return;
  ctx.session.post(Verb::transport_export,
                   text_of(free_name(user_files_folder(), "transport-paths", ".csv")));
}

void export_flow_picture(UiContext& ctx) {
  if (!may_export(ctx, "transport.picture FILE")) return;
  ctx.session.post(Verb::transport_picture,
                   text_of(free_name(user_files_folder(), "transport", ".png")));
}

void export_flow_film(UiContext& ctx, bool film) {
  if (!may_export(ctx, "transport.film FILE")) return;
  constexpr const char* kStem = "transport-flow";
  const fs::path file = film ? free_name(user_files_folder(), kStem, ".mp4")
                             : free_name(user_files_folder(), kStem, "") / "picture-##.png";
  ctx.session.post(Verb::transport_film, text_of(file));
}

void export_results_table(UiContext& ctx) {
  if (!may_export(ctx, "transport.grid_export FILE")) return;
  ctx.session.post(Verb::transport_grid_export,
                   text_of(free_name(user_files_folder(), "transport-results", ".csv")));
}

std::string suggested_scene_path(const UiContext& ctx) {
  if (!ctx.now.scene_file.empty()) return ctx.now.scene_file;
  const std::string stem = ctx.now.model ? ctx.now.model->name : "scene";
  return text_of(free_name(user_files_folder(), stem, ".json"));
}

void save_scene_to(UiContext& ctx, const std::string& path) {
  if (!ctx.transient.may_write) {
    ctx.session.tell(Message::Level::warning,
                     "A script saves with a line of its own: save_scene FILE");
    return;
  }
  const fs::path target = from_home(unescaped(path));
  if (target.has_parent_path() && !make_folder(ctx, target.parent_path())) return;
  ctx.session.post(Verb::save_scene, text_of(target));
}

void open_file(Session& session, const std::string& path) {
  const fs::path file = from_home(path);
  const auto kind = openable_kind(file);
  if (!kind)
    return session.tell(Message::Level::error,
                        fmt::format("{}: neither a model (.safetensors), a scene (.json) nor "
                                    "points (.csv, .tsv, .txt)",
                                    file.filename().string()));
  try {
    check_readable(file);  // before anything is set to it
  } catch (const Error& error) {
    return session.tell(Message::Level::error, error.what());
  }
  if (*kind == FileKind::model) {
    session.set("model", text_of(file));
  } else if (*kind == FileKind::scene) {
    session.post(Verb::load_scene, text_of(file));
  } else {
    session.set("transport.pair", text_of(file));
    session.post(Verb::workspace, workspace_name(Workspace::transport));
  }
}

}  // namespace phaseloom
