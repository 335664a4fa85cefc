// SPDX-License-Identifier: MIT
#pragma once

namespace phaseloom {

/// A window manager that was killed leaves its mark on the X server: the number of a window that is
/// gone (_NET_SUPPORTING_WM_CHECK). GLFW 3.3 ends the process when it follows it, so the mark is
/// taken away; a living window manager's stays. Does nothing without an X server.
void forget_dead_window_manager();

}  // namespace phaseloom
