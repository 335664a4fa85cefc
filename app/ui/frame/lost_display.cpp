// SPDX-License-Identifier: MIT
#include "app/ui/frame/lost_display.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/document/assets.hpp"
#include "engine/support/error.hpp"
#include "engine/support/leftovers.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

const Session* watched = nullptr;  // for the display
const Session* rescued = nullptr;  // for SceneRescue

/// Empty where no place is known for it.
fs::path saved_scene() {
  const fs::path folder = user_state_folder();
  return folder.empty() ? folder : folder / "lost-display.json";
}

/// Says in words how that went.
const char* save_for_the_next_start(const Session& session) {
  try {
    if (saved_scene().empty()) return "";
    fs::create_directories(saved_scene().parent_path());
    save_scene(saved_scene(), session.scene());
    save_ui_state(ui_state_path(), session.ui());
    return "; the scene is saved, and the next start begins with it";
  } catch (const std::exception&) {
    return "; the scene could not be saved";
  }
}

/// Xlib calls it in the window's thread and expects it never to return; nothing may talk to the
/// display any more, hence no destructors.
int save_and_leave(void*) {
  std::fprintf(stderr, "phaseloom: the connection to the display was lost%s\n",
               watched ? save_for_the_next_start(*watched) : "");
  remove_unfinished();  // as a signal does
  ::_exit(1);
}

/// What an error is that nobody caught.
std::string words_of_the_error() {
  try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::exception& error) {
    return legible(error.what());
  } catch (...) {
  }
  return "of an unknown kind";
}

/// On the thread of the error, while others run: what they change just now may be lost.
[[noreturn]] void save_and_end() {
  static std::atomic<bool> begun = false;
  if (begun.exchange(true)) ::_exit(1);
  std::fprintf(stderr, "phaseloom: the window ends by an error (%s)%s\n",
               words_of_the_error().c_str(), save_for_the_next_start(*rescued));
  remove_unfinished();
  ::_exit(1);
}

}  // namespace

void survive_lost_display(const Session* session) {
  watched = session;
  // GLFW has loaded Xlib if it uses it; the program itself is not linked to it.
  void* xlib = ::dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
  if (!xlib) return;
  using Handler = int (*)(void*);
  using SetHandler = Handler (*)(Handler);
  if (const auto set = reinterpret_cast<SetHandler>(::dlsym(xlib, "XSetIOErrorHandler")))
    set(session ? save_and_leave : nullptr);
  ::dlclose(xlib);
}

SceneRescue::SceneRescue(const Session& session)
    : session_(session), before_(std::set_terminate(save_and_end)) {
  rescued = &session;
}

SceneRescue::~SceneRescue() {
  std::set_terminate(before_);
  if (std::uncaught_exceptions() > flying_)
    std::fprintf(stderr, "phaseloom: the window ends by an error%s\n",
                 save_for_the_next_start(session_));
}

void SceneRescue::save() const { save_for_the_next_start(session_); }

std::optional<Scene> take_saved_scene(std::string& problem) {
  std::error_code ignored;
  const fs::path path = saved_scene();
  if (!fs::exists(path, ignored)) return std::nullopt;
  std::optional<Scene> scene;
  try {
    scene = load_scene(path);
  } catch (const std::exception& error) {
    problem = error.what();
  }
  fs::remove(path, ignored);
  return scene;
}

}  // namespace phaseloom
