// SPDX-License-Identifier: MIT
#pragma once
// A stage when nothing can run: it loads, or something is missing and here is what to do.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

void draw_no_model(UiContext& ctx, Box area);

}  // namespace phaseloom
