#include "app/cli/window.hpp"

#include <cstdlib>

#include "app/cli/render.hpp"
#include "app/ui/window_host.hpp"

namespace phaseloom {
namespace {

bool has_display() {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
    if (const char* value = std::getenv(name); value && *value) return true;
  return false;
}

}  // namespace

int run_window() { return has_display() ? run_laboratory() : render_demo("phaseloom-demo"); }

}  // namespace phaseloom
