// SPDX-License-Identifier: MIT
#pragma once
// Messages over the lower end of the stage, where nothing moves for them: they leave after a while,
// sooner if all went well, and at once when dismissed.

#include <cstdint>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// After the stage is drawn, to lie over it. Errors that the stage itself shows are left to it.
void draw_messages(UiContext& ctx, Box stage, bool shows_errors);
/// It, and all before it, is not told in the status line any more either.
void dismiss_message(UiContext& ctx, std::uint64_t id);
/// Dismisses the errors and warnings that are shown. Returns whether there were any.
bool dismiss_problems(UiContext& ctx);
/// Brings a message back that is gone.
void show_message_again(UiContext& ctx, std::uint64_t id);

}  // namespace phaseloom
