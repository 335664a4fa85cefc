// SPDX-License-Identifier: MIT
#pragma once
// Rows of the export window.

#include <span>

#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

/// Words on the left, buttons on the right end of the same line; the label of the one clicked, or
/// null.
const char* export_row(UiContext& ctx, const char* title, std::span<const Choice> files,
                       bool enabled);
/// How far the film is that is being written, and a button that ends it; nothing if none is.
void draw_film_progress(UiContext& ctx);
/// Whether one is being written: another has to wait.
bool writes_film(const UiContext& ctx);

}  // namespace phaseloom
