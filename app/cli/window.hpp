#pragma once

namespace phaseloom {

/// Opens the laboratory and returns the exit code when it is closed. What `phaseloom` without
/// arguments does.
int run_window();

}  // namespace phaseloom
