// SPDX-License-Identifier: MIT
#pragma once
// The keyboard's way to every control. Tab goes to the next one, F6 to the next zone; the one that
// has the focus is ringed, and Enter, Space, arrows, Home, End, PageUp and PageDown are its own
// until Escape or a click gives them back. All other keys mean what they always mean.
//
// ImGui has a keyboard navigation of its own, by direction; it knows nothing of our buttons and
// sliders, and our order is easier to foresee. It stays off.

#include <imgui.h>

#include <optional>
#include <span>
#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// The item submitted last can have the focus; true while it does. Its ring is drawn, and it is
/// scrolled to. `item` and `box` for controls that are made of several items.
bool focusable(UiContext& ctx, ImGuiID item = 0, const Box* box = nullptr);
/// How often a key went down for the control that has the focus, in this frame; with its Shift or
/// without. Names as in key_names().
int strokes(const UiContext& ctx, std::string_view key, bool shift = false);
/// Before its keys change a value: all changes until they are let go are one entry of undo.
void key_gesture(UiContext& ctx);
/// Whether the control that has the focus has been left in peace for a moment, and not for long:
/// time to say what it is.
bool focus_rests(const UiContext& ctx);
/// Enter or Space for the control that has the focus.
bool pushed(const UiContext& ctx);
/// Of a row of choices: where arrows, Home and End lead to from `chosen`, if elsewhere.
std::optional<int> moved_choice(const UiContext& ctx, int chosen, int count);
/// The keys of scrolling, for the list that is drawn as a window of its own and has the focus: by
/// lines, pages, to its ends; in pixels.
void scroll_by_keys(UiContext& ctx, float line, float page);
/// Names of the keys that the control with the focus has for itself.
std::span<const std::string_view> own_keys();

/// At the start of a frame, before the keys are handled.
void begin_focus(UiContext& ctx);
/// Zones and dialogs say their place in the order before they draw their controls.
void focus_zone(UiContext& ctx, FocusZone zone);
/// Whether a key that went down belongs to the control that has the focus, or to an open list.
bool focus_takes(UiContext& ctx, const KeyPress& press);
void move_focus(UiContext& ctx, bool back, bool by_zone);
/// The next control of the dialogs takes the focus, once it is drawn.
void focus_on_dialog(UiContext& ctx);

}  // namespace phaseloom
