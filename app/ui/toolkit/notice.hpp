// SPDX-License-Identifier: MIT
#pragma once
// What a stage says when it has nothing to show: words in its middle, and that something goes on.

#include <string_view>
#include <vector>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// The lines of a text that is not to be wider than that.
std::vector<std::string_view> wrapped(ImFont* font, std::string_view words, float width);

/// Words, wrapped, each line centred in the area; `y` goes to the line below.
void centred(UiContext& ctx, ImFont* font, ImU32 colour, std::string_view words, Box area,
             float& y);
/// A bar whose light wanders: nobody knows how long it takes. In the middle of the area at `y`.
void draw_busy_bar(UiContext& ctx, Box area, float y);

}  // namespace phaseloom
