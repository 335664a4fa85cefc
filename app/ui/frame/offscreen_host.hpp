// SPDX-License-Identifier: MIT
#pragma once
// The window without a display, for scripts.

#include <memory>

#include "app/session/script_host.hpp"

namespace phaseloom {

/// The laboratory's window without a display. Throws Error when there is no OpenGL to draw with.
std::unique_ptr<ScriptHost> make_offscreen_host(int width, int height, double scale);

}  // namespace phaseloom
