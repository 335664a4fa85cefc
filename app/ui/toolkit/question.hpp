// SPDX-License-Identifier: MIT
#pragma once
// Asks before something is lost that cannot be taken back.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Opens a dialog with the question; it waits for an answer, and "Cancel" is always one.
void ask(UiContext& ctx, Question question);
void draw_question(UiContext& ctx);

}  // namespace phaseloom
