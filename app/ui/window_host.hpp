#pragma once

namespace phaseloom {

/// The laboratory in a window, until it is closed; returns the exit code. Throws Error when there
/// is no display or no OpenGL.
int run_laboratory();

}  // namespace phaseloom
