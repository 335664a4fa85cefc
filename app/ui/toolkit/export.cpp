// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "app/commands/playground_verbs.hpp"
#include "app/commands/verbs.hpp"
#include "app/document/assets.hpp"
#include "app/document/openable.hpp"
#include "app/document/share_files.hpp"
#include "app/jobs/sweep_folder.hpp"
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

/// As a command carries it.
std::string text_of(const fs::path& file) { return escaped(file.string()); }

}  // namespace

bool may_export(UiContext& ctx, const char* line) {
  if (ctx.transient.may_write) return make_folder(ctx, user_files_folder());
  ctx.session.tell(Message::Level::warning,
                   fmt::format("A script exports with a line of its own: {}", line));
  return false;
}

std::string free_file(const std::string& stem, const std::string& extension) {
  const fs::path folder = user_files_folder();
  fs::path path = folder / (stem + extension);
  std::error_code ignored;
  for (int i = 2; fs::exists(path, ignored); ++i)
    path = folder / fmt::format("{}-{}{}", stem, i, extension);
  return text_of(path);
}

std::string shown_user_files_folder(const UiContext& ctx) {
  return ctx.transient.may_write ? "~/Phaseloom" : "the place that the script names";
}

void export_plot_table(UiContext& ctx, const char* name) {
  if (!may_export(ctx, "export.plot PLOT FILE")) return;
  ctx.session.post(verbs::export_plot, name, free_file(name, ".csv"));
}

std::string suggested_scene_path(const UiContext& ctx, const std::string& stem) {
  if (!ctx.now.scene_file.empty()) return ctx.now.scene_file;
  return free_file(stem, ".phaseloom.json");  // packaging/phaseloom.xml knows it by that
}

void save_scene_to(UiContext& ctx, const std::string& path) {
  if (!ctx.transient.may_write) {
    ctx.session.tell(Message::Level::warning,
                     "A script saves with a line of its own: save_scene FILE");
    return;
  }
  const fs::path target = from_home(unescaped(path));
  if (target.has_parent_path() && !make_folder(ctx, target.parent_path())) return;
  ctx.session.post(verbs::save_scene, text_of(target));
}

void open_file(Session& session, const std::string& path) {
  if (is_sealed(path)) return open_scene_text(session, path);
  const fs::path file = from_home(path);
  if (SweepFolder::is_sweep(file)) {
    session.post(verbs::sweep_open, text_of(file));
    session.post(verbs::hardware_show, name_of(DesignView::Page::sweep));
    return session.post(verbs::workspace, name_of(Workspace::hardware));
  }
  FileKind kind{};
  try {
    kind = need_openable(file);
    check_readable(file);  // before anything is set to it
  } catch (const Error& error) {
    return session.tell(Message::Level::error, error.what());
  }
  if (kind == FileKind::model) {
    session.set("model", text_of(file));
  } else if (kind == FileKind::scene) {
    session.post(verbs::load_scene, text_of(file));
  } else if (const std::string line = line_in(file); !line.empty()) {
    open_scene_text(session, line);
  } else if (kind == FileKind::graph || session.ui().workspace == Workspace::learn) {
    // A table that is dropped on the playground is a list of edges.
    session.post(verbs::playground_open, text_of(file));
    session.post(verbs::workspace, name_of(Workspace::learn));
  } else {
    session.set("transport.pair", text_of(file));
    session.post(verbs::workspace, name_of(Workspace::transport));
  }
}

void open_scene_text(Session& session, const std::string& text) {
  try {
    parse_share_text(text, kSharedText);
  } catch (const Error& error) {
    return session.tell(Message::Level::error, error.what());
  }
  session.post(verbs::scene_open, unwrapped(text));
}

}  // namespace phaseloom
