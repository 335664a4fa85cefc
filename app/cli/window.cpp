// SPDX-License-Identifier: MIT
#include "app/cli/window.hpp"

#include <cstdlib>

#include "app/cli/render.hpp"
#include "app/document/openable.hpp"
#include "app/document/share_files.hpp"
#include "app/ui/frame/window_host.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

bool has_display() {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
    if (const char* value = std::getenv(name); value && *value) return true;
  return false;
}

}  // namespace

bool can_open(const std::string& file) {
  std::error_code ignored;
  return is_sealed(file) || std::filesystem::exists(file, ignored);
}

int run_window(const std::vector<std::string>& files) {
  for (const std::string& file : files)
    if (is_sealed(file) || need_openable(file) == FileKind::scene) scene_of(file);  // or why not
  if (has_display()) return run_laboratory(files);
  if (!files.empty())
    fail("{}: there is no display for a window; `phaseloom render` makes pictures without one",
         printable(files.front()));
  return render_demo("phaseloom-demo");
}

}  // namespace phaseloom
