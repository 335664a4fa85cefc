// SPDX-License-Identifier: MIT
#pragma once
// The card of the lesson that is taken: over whatever workspace the lesson has led to, beside what
// it speaks of.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

void draw_lesson_card(UiContext& ctx);

}  // namespace phaseloom
