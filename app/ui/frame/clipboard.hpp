// SPDX-License-Identifier: MIT
#pragma once
// The scene as text, from and to the clipboard.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Opens the scene that was copied as text; anything else there becomes a message, which does not
/// show it: it may be a password.
void paste_scene(UiContext& ctx);
/// Each frame: what `scene.copy` has made goes to the clipboard.
void hand_out_copies(UiContext& ctx);

}  // namespace phaseloom
