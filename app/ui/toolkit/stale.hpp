// SPDX-License-Identifier: MIT
#pragma once
// Pictures that were made with other settings than those that are shown: greyed, and saying so.

#include <string>
#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// A veil over a picture, and words at its top that say what it was made with.
void draw_stale(UiContext& ctx, ImDrawList& list, Box picture, std::string_view words);

/// The veil alone, over what was drawn in the window since the cursor was at `from`.
void draw_stale_since(UiContext& ctx, ImVec2 from);

/// Why the flow on the Transport stage is not that of the settings; empty if it is, or if there is
/// none.
std::string stale_flow(const UiContext& ctx);
/// The same of the pictures and curves of the Train workspace, once nothing trains any more.
std::string stale_training(const UiContext& ctx);

/// Below the controls of a training that is under way with other values.
void note_for_the_next(UiContext& ctx);

}  // namespace phaseloom
