#include "app/cli/window.hpp"

<<<<<<< HEAD
#include "app/ui/window_host.hpp"

namespace phaseloom {

int run_window() { return run_laboratory(); }
=======
#include <fmt/format.h>

#include <cstdio>

namespace phaseloom {

// Stands in for the window, which is not built yet.
int run_window() {
  fmt::print(
      "The window is not built yet. On the command line:\n"
      "  phaseloom sample MODEL -n 64 --out digits.png\n"
      "  phaseloom info MODEL\n"
      "  phaseloom --help\n");
  return 0;
}
>>>>>>> main

}  // namespace phaseloom
