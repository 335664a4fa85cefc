// SPDX-License-Identifier: MIT
#pragma once
// Messages below the stage's pictures, which make room for them: they leave after a while, sooner
// if all went well, and at once when dismissed.

#include <cstdint>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Returns what is left of the stage.
Box draw_messages(UiContext& ctx, Box stage);
/// Brings a message back that is gone.
void show_message_again(UiContext& ctx, std::uint64_t id);

}  // namespace phaseloom
