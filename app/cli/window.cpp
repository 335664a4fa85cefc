#include "app/cli/window.hpp"

#include "app/ui/window_host.hpp"

namespace phaseloom {

int run_window() { return run_laboratory(); }

}  // namespace phaseloom
