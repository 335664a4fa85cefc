// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// An equation in plain text, set with subscripts ("W_ij") and broken between terms; takes the
/// width that is left.
void draw_equation(UiContext& ctx, std::string_view equation);

}  // namespace phaseloom
